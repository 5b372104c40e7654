/**
 * Training without knowing what is trained: an {@link io.inkstone.train.Objective} turns batches into losses, the
 * {@link io.inkstone.train.Trainer} does the steps, {@link io.inkstone.train.Listener}s log, draw and save.
 */
package io.inkstone.train;
