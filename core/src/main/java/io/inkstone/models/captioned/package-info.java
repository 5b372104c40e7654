/**
 * A diffusion network that is told captions: {@link io.inkstone.models.unet.ModernUnet} with a small text encoder, trained along, or
 * with a given one that stays as it is.
 */
package io.inkstone.models.captioned;
