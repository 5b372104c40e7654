/**
 * Pictures out of a trained model: requests, batches, edits, ways between two starts.
 *
 * @since 0.1
 */
package io.inkstone.models.draw;
