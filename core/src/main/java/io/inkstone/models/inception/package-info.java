/** The Inception network whose features the published FID figures are measured with; weights come from the user. */
package io.inkstone.models.inception;
