package io.inkstone.diffusion;

/** How much the squared error of an answer counts in training, by its level. */
@FunctionalInterface
public interface LossWeight {
    /** Every answer counts 1: Ho et al. 2020, eq. 14. */
    LossWeight NONE = (level, target) -> 1;

    /** The factor of the squared error of what {@code target} answers at {@code level}; 0 or more. */
    double of(Level level, Target target);
}
