/** Codes of pictures: encoding and decoding, their Gaussians and priors. */
package io.inkstone.models.code;
