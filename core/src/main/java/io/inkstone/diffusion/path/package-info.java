/** How much picture and how much noise there is at each time: the first seat, {@link io.inkstone.diffusion.NoisePath}. */
package io.inkstone.diffusion.path;
