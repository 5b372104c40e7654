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
    @JsonProperty("logit-normal")
    LOGIT_NORMAL {
        @Override
        LevelDraw create(NoisePath path, int steps) {
            return new LogitNormalLevels(0, 1);
        }
    };

    abstract LevelDraw create(NoisePath path, int steps);
}
