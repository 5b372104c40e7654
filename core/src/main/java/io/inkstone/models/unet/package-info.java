/** U-Nets: from a noisy picture, a time and a context to what a target asks for. They know nothing of noise paths. */
package io.inkstone.models.unet;
