/**
 * The U-Net of Stable Diffusion (Rombach et al. 2022, section 3.3), told by the states of a text through cross-attention, under
 * the names of {@code UNet2DConditionModel}; and out of the same blocks the one of DDPM (Ho et al. 2020), told the time alone, under
 * those of {@code UNet2DModel}.
 */
package io.inkstone.models.conditional;
