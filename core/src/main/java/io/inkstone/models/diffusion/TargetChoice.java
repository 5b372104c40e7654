package io.inkstone.models.diffusion;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.target.CleanTarget;
import io.inkstone.diffusion.target.EdmTarget;
import io.inkstone.diffusion.target.FlowTarget;
import io.inkstone.diffusion.target.NoiseTarget;
import io.inkstone.diffusion.target.VelocityTarget;
import io.inkstone.models.diffusion.DiffusionSettings.DiffusionGroup;

/** What a network may answer, by the names that recipes use. */
public enum TargetChoice {
    @JsonProperty("noise")
    NOISE {
        @Override
        Target create(DiffusionGroup keys) {
            return new NoiseTarget();
        }
    },
    @JsonProperty("velocity")
    VELOCITY {
        @Override
        Target create(DiffusionGroup keys) {
            return new VelocityTarget();
        }
    },
    @JsonProperty("clean")
    CLEAN {
        @Override
        Target create(DiffusionGroup keys) {
            return new CleanTarget();
        }
    },
    @JsonProperty("flow")
    FLOW {
        @Override
        Target create(DiffusionGroup keys) {
            return new FlowTarget();
        }
    },
    @JsonProperty("edm")
    EDM {
        @Override
        Target create(DiffusionGroup keys) {
            return new EdmTarget(keys.sigmaData());
        }
    };

    abstract Target create(DiffusionGroup keys);
}
