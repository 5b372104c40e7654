package io.inkstone.train;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the learning rate changes; held during an epoch. */
public enum RateSchedule {
    @JsonProperty("constant")
    CONSTANT {
        @Override
        double factor(double progress) {
            return 1;
        }
    },
    /** 1 − epoch/epochs: the last epoch still learns. */
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

    /** The learning rate in {@code epoch} (from 0) of {@code epochs}. */
    public double rate(double base, int epoch, int epochs) {
        return base * factor((double) epoch / epochs);
    }
}
