/**
 * Networks that learn to remove noise, as a family: recipe keys, objective, model. Everything about noise itself lives in {@link
 * io.inkstone.diffusion}, the networks in {@link io.inkstone.models.unet}.
 */
package io.inkstone.models.diffusion;
