package io.inkstone.diffusion;

/** How much of a picture and how much noise there is at each time. */
public interface NoisePath {
    /** The level at {@code time} in [0, 1]; at 0 it is (1, 0), the clean picture. */
    Level at(double time);
}
