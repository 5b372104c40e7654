/** Variational autoencoders of small pictures: codes that can be drawn, mixed and walked along. */
package io.inkstone.models.vae;
