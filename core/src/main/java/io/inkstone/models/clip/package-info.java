/** The text encoder of CLIP (Radford et al. 2021): what ids of a text mean, as published diffusion models are told. */
package io.inkstone.models.clip;
