/**
 * The names under which releases of the KL autoencoder store the same tensors, and the way from each to each. The network
 * is the first stage of latent diffusion models (Rombach et al. 2022).
 */
package io.inkstone.weights.layout;
