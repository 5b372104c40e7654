package io.inkstone.diffusion.scheduler;

import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.target.CleanTarget;
import io.inkstone.diffusion.target.NoiseTarget;
import io.inkstone.diffusion.target.VelocityTarget;

/** {@code prediction_type}: what the network answers. */
final class Prediction {
    private Prediction() {}

    static Target of(SchedulerFields fields) {
        return switch (fields.word("prediction_type", "epsilon", "v_prediction", "sample")) {
            case "epsilon" -> new NoiseTarget();
            case "v_prediction" -> new VelocityTarget();
            default -> new CleanTarget();
        };
    }
}
