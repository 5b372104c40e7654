package io.inkstone.diffusion;

import io.inkstone.InputException;

/** How much of a picture and how much noise there is at each time. */
public interface NoisePath {
    /** Halvings that leave nothing of [0, 1] in double precision. */
    int HALVINGS = 60;

    /** The level at {@code time} in [0, 1]; at 0 it is (1, 0), the clean picture. σ/α grows with the time. */
    Level at(double time);

    /** The time at which σ/α is {@code ratio}; 1 where the path never becomes as noisy. */
    default double timeOf(double ratio) {
        double below = 0;
        double above = 1;
        if (!(ratio < at(above).ratio())) {
            return above;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (below + above) / 2;
            if (at(middle).ratio() < ratio) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }

    /** Refuses a time outside [0, 1]. */
    static void requireTime(double time) {
        if (!(time >= 0 && time <= 1)) {
            throw new InputException("A time on a noise path lies in [0, 1], got " + time + ".");
        }
    }
}
