/** Weights that were made elsewhere, as families look at them. */
package io.inkstone.models.foreign;
