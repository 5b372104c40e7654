/** What a run keeps so that it can go on: weights, averages, optimizers, positions, and the space they need. */
package io.inkstone.run.checkpoint;
