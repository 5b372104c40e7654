package io.inkstone.wish;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A {@link SamplingWish} part by part; what is not said stays the model's own choice. */
public final class SamplingWishBuilder {
    private OptionalDouble guidance = OptionalDouble.empty();
    private OptionalDouble rescale = OptionalDouble.empty();
    private Optional<String> interval = Optional.empty();
    private Asked avoided = Asked.NOTHING;
    private Optional<String> sampler = Optional.empty();
    private Optional<String> grid = Optional.empty();
    private OptionalInt steps = OptionalInt.empty();
    private OptionalDouble eta = OptionalDouble.empty();
    private Optional<Boolean> clamp = Optional.empty();
    private OptionalDouble threshold = OptionalDouble.empty();

    SamplingWishBuilder() {}

    /** 1 is none. */
    public SamplingWishBuilder guidance(double weight) {
        guidance = OptionalDouble.of(weight);
        return this;
    }

    /** 0 to 1. */
    public SamplingWishBuilder guidanceRescale(double share) {
        rescale = OptionalDouble.of(share);
        return this;
    }

    /** {@code A:B} in σ/α. */
    public SamplingWishBuilder guidanceInterval(String ends) {
        interval = Optional.of(ends);
        return this;
    }

    /** What guidance leads away from. */
    public SamplingWishBuilder avoided(Asked what) {
        avoided = what;
        return this;
    }

    public SamplingWishBuilder sampler(String name) {
        sampler = Optional.of(name);
        return this;
    }

    public SamplingWishBuilder grid(String name) {
        grid = Optional.of(name);
        return this;
    }

    public SamplingWishBuilder steps(int number) {
        steps = OptionalInt.of(number);
        return this;
    }

    /** 0 to 1. */
    public SamplingWishBuilder eta(double share) {
        eta = OptionalDouble.of(share);
        return this;
    }

    public SamplingWishBuilder clamp(boolean on) {
        clamp = Optional.of(on);
        return this;
    }

    /** Above 0, at most 1. */
    public SamplingWishBuilder threshold(double share) {
        threshold = OptionalDouble.of(share);
        return this;
    }

    /** @throws io.inkstone.InputException for parts that contradict each other or themselves */
    public SamplingWish build() {
        return new SamplingWish(
                new GuidanceWish(guidance, rescale, interval, avoided), sampler, grid, steps, eta, clamp, threshold);
    }
}
