/** What a network predicts: the third seat, {@link io.inkstone.diffusion.Target}. */
package io.inkstone.diffusion.target;
