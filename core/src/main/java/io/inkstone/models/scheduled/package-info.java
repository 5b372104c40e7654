/**
 * Diffusion of pictures as pipelines around {@code UNet2DModel} do it (Ho et al. 2020): a U-Net that is told the time alone, and a
 * scheduler's config that says which noise there is when, and how it is taken away.
 */
package io.inkstone.models.scheduled;
