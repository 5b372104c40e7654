/**
 * The mathematics of noise, free of any network, in five seats: the path (how much signal and noise at each time), the
 * grid (which times a sampler visits), the target (what a network predicts), the sampler, and guidance. Everything is
 * written over x_t = α(t)·clean + σ(t)·noise. See {@code docs/noise-and-time.md}.
 */
package io.inkstone.diffusion;
