package io.inkstone.layers;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which statistics bring the maps of a network to a common scale. */
public enum Norm {
    /** Those of each picture's groups of channels (Wu and He 2018): the same in training and in evaluation. */
    @JsonProperty("group")
    GROUP {
        @Override
        public Unary of(Initializer init, int channels) {
            return new GroupNorm(init, groups(channels), channels, EPS);
        }
    },
    /** Those of a channel over the whole batch (Ioffe and Szegedy 2015): cheaper on the CPU. */
    @JsonProperty("batch")
    BATCH {
        @Override
        public Unary of(Initializer init, int channels) {
            return new BatchNorm(init, channels);
        }
    },
    /** Those of the channels of each single place (Ba et al. 2016): almost as cheap, and the same in evaluation. */
    @JsonProperty("layer")
    LAYER {
        @Override
        public Unary of(Initializer init, int channels) {
            return new ChannelNorm(init, channels);
        }
    };

    static final double EPS = 1e-5;

    private static final int MOST_GROUPS = 32;
    private static final int LEAST_CHANNELS = 4;

    /** A layer for maps of so many channels. */
    public abstract Unary of(Initializer init, int channels);

    /** The largest number of groups up to 32 that divides the channels and leaves 4 or more in each; at least 1. */
    public static int groups(int channels) {
        int groups = Math.max(1, Math.min(MOST_GROUPS, channels / LEAST_CHANNELS));
        while (channels % groups != 0) {
            groups--;
        }
        return groups;
    }
}
