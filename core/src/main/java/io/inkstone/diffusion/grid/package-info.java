/** Which levels a sampler visits: the second seat, {@link io.inkstone.diffusion.TimeGrid}. */
package io.inkstone.diffusion.grid;
