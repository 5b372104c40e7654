package io.inkstone.models.diffusion;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.path.CosinePath;
import io.inkstone.diffusion.path.EdmPath;
import io.inkstone.diffusion.path.FlowPath;
import io.inkstone.diffusion.path.LinearBetaPath;
import io.inkstone.diffusion.path.ScaledLinearPath;
import io.inkstone.diffusion.path.SigmoidPath;
import io.inkstone.models.diffusion.DiffusionSettings.DiffusionGroup;

/** The noise paths by the names that recipes use. */
public enum PathChoice {
    @JsonProperty("linear")
    LINEAR {
        @Override
        NoisePath create(DiffusionGroup keys) {
            return new LinearBetaPath(keys.steps(), keys.betaStart(), keys.betaEnd());
        }
    },
    @JsonProperty("scaled-linear")
    SCALED_LINEAR {
        @Override
        NoisePath create(DiffusionGroup keys) {
            return new ScaledLinearPath(keys.steps(), keys.betaStart(), keys.betaEnd());
        }
    },
    @JsonProperty("cosine")
    COSINE {
        @Override
        NoisePath create(DiffusionGroup keys) {
            return new CosinePath(keys.steps());
        }
    },
    @JsonProperty("sigmoid")
    SIGMOID {
        @Override
        NoisePath create(DiffusionGroup keys) {
            return new SigmoidPath(keys.steps());
        }
    },
    @JsonProperty("edm")
    EDM {
        @Override
        NoisePath create(DiffusionGroup keys) {
            return new EdmPath(keys.steps(), keys.sigmaMin(), keys.sigmaMax());
        }
    },
    @JsonProperty("flow")
    FLOW {
        @Override
        NoisePath create(DiffusionGroup keys) {
            return new FlowPath();
        }
    };

    abstract NoisePath create(DiffusionGroup keys);
}
