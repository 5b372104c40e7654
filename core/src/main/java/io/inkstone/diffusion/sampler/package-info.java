/** Ways from noise to a picture and back: the fourth seat, {@link io.inkstone.diffusion.Sampler}. */
package io.inkstone.diffusion.sampler;
