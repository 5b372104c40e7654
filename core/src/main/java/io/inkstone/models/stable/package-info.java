/**
 * Stable Diffusion (Rombach et al. 2022) as its folders hold it: tokenizer, text encoder, U-Net, autoencoder and scheduler, and
 * the way from words to pictures.
 */
package io.inkstone.models.stable;
