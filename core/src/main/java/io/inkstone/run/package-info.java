/**
 * Recipes, run directories and checkpoints: what training writes and every face reads. See
 * {@code docs/run-directory.md}.
 */
package io.inkstone.run;
