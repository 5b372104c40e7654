/** The context U-Net and its diffusion model: predicts the noise in a picture from the picture, a time and a context. */
package io.inkstone.models.unet;
