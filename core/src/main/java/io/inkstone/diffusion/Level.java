package io.inkstone.diffusion;

/**
 * One point of a noise path: x = alpha·clean + sigma·noise.
 *
 * @param time in [0, 1]; 0 is clean, 1 is where sampling starts
 * @param alpha factor of the clean picture
 * @param sigma factor of the noise
 */
public record Level(double time, double alpha, double sigma) {}
