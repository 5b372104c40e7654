package io.inkstone.models.diffusion;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.diffusion.LevelDraw;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.training.LogNormalLevels;
import io.inkstone.diffusion.training.LogitNormalLevels;

/** Which levels training draws, by the names that recipes use; the numbers are the papers'. */
public enum LevelsChoice {
    @JsonProperty("uniform")
    UNIFORM {
        @Override
        LevelDraw create(NoisePath path, int steps) {
            return LevelDraw.uniform(steps);
        }
    },
    @JsonProperty("log-normal")
    LOG_NORMAL {
        @Override
        LevelDraw create(NoisePath path, int steps) {
            return new LogNormalLevels(path, -1.2, 1.2);
        }
    },
    /** More noise, where what a picture shows is decided (the P_mean and P_std of Karras et al. 2024, "Analyzing and Improving the Training Dynamics"). */
    @JsonProperty("log-normal-high")
    LOG_NORMAL_HIGH {
        @Override
        LevelDraw create(NoisePath path, int steps) {
            return new LogNormalLevels(path, -0.4, 1);
        }
    },
    /** Wider, for consistency tuning, which must know the end of the path (the P_mean and P_std of Geng et al. 2024). */
    @JsonProperty("log-normal-wide")
    LOG_NORMAL_WIDE {
        @Override
        LevelDraw create(NoisePath path, int steps) {
            return new LogNormalLevels(path, -1.1, 2);
        }
    },
    @JsonProperty("logit-normal")
    LOGIT_NORMAL {
        @Override
        LevelDraw create(NoisePath path, int steps) {
            return new LogitNormalLevels(0, 1);
        }
    };

    abstract LevelDraw create(NoisePath path, int steps);
}
