/**
 * The U-Net of Stable Diffusion (Rombach et al. 2022, section 3.3), told by the states of a text through cross-attention, under
 * the names of {@code UNet2DConditionModel}.
 */
package io.inkstone.models.conditional;
