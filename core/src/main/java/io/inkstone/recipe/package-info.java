/**
 * What is to be done: recipes as records and trees, those that ship, and what is read off data. A recipe names the parts it
 * builds on; finding them is the business of {@code run}.
 *
 * @since 0.1
 */
package io.inkstone.recipe;
