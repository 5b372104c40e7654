/**
 * A small autoencoder of the codes of Stable Diffusion (TAESD, Bohan 2023): a picture's last step at a tenth of the cost, under the
 * names of {@code AutoencoderTiny}.
 */
package io.inkstone.models.tiny;
