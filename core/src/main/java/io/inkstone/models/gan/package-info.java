/** Generative adversarial networks: a generator that learns from a discriminator which learns from it. */
package io.inkstone.models.gan;
