package io.inkstone.models.diffusion;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.diffusion.LossWeight;
import io.inkstone.diffusion.training.KarrasWeight;
import io.inkstone.diffusion.training.MinSnrWeight;
import io.inkstone.models.diffusion.DiffusionSettings.DiffusionGroup;

/** How errors are weighed by level, by the names that recipes use. */
public enum WeightChoice {
    @JsonProperty("none")
    NONE {
        @Override
        LossWeight create(DiffusionGroup keys) {
            return LossWeight.NONE;
        }
    },
    @JsonProperty("min-snr")
    MIN_SNR {
        @Override
        LossWeight create(DiffusionGroup keys) {
            return new MinSnrWeight(GAMMA);
        }
    },
    @JsonProperty("karras")
    KARRAS {
        @Override
        LossWeight create(DiffusionGroup keys) {
            return new KarrasWeight(keys.sigmaData());
        }
    };

    /** The paper's (Hang et al. 2023). */
    private static final double GAMMA = 5;

    abstract LossWeight create(DiffusionGroup keys);
}
