/** Pictures out of a trained model: requests, batches, edits, ways between two starts. */
package io.inkstone.models.draw;
