/**
 * Latent diffusion (Rombach et al. 2022): the diffusion of {@link io.inkstone.models.unet} over the codes of a first stage,
 * which turns what it draws into pictures.
 */
package io.inkstone.models.latent;
