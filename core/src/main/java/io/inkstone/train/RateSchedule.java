package io.inkstone.train;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the learning rate changes: by epochs, and then held during each, or by steps. */
public enum RateSchedule {
    @JsonProperty("constant")
    CONSTANT {
        @Override
        double factor(double progress) {
            return 1;
        }
    },
    /** 1 − epoch/epochs, or 1 − step/steps: the last one still learns. */
    @JsonProperty("linear")
    LINEAR {
        @Override
        double factor(double progress) {
            return 1 - progress;
        }
    },
    /** Half a cosine from 1 towards 0 (Loshchilov and Hutter 2017). */
    @JsonProperty("cosine")
    COSINE {
        @Override
        double factor(double progress) {
            return (1 + Math.cos(Math.PI * progress)) / 2;
        }
    };

    abstract double factor(double progress);

    /** The learning rate in {@code turn} (an epoch or a step, from 0) of {@code turns}; after the last, that of the last. */
    public double rate(double base, long turn, long turns) {
        return base * factor((double) Math.min(turn, turns - 1) / turns);
    }
}
