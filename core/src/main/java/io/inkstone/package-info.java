/** What every package may use: the exception that speaks to the user. */
package io.inkstone;
