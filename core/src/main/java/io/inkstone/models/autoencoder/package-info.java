/**
 * The residual autoencoder with self-attention that precedes latent diffusion (Rombach et al. 2022, section 3.1): eight
 * times smaller codes of pictures of any size, each code a Gaussian.
 */
package io.inkstone.models.autoencoder;
