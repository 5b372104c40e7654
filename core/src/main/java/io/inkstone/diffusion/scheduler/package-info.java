/**
 * Ways of drawing as the schedulers of other programs' folders describe them: a {@code scheduler_config.json} becomes a path,
 * a grid, a target and a sampler. See {@code docs/samplers.md}.
 */
package io.inkstone.diffusion.scheduler;
