package io.inkstone.measure;

import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Evaluations of runs that are tiny. */
public final class TinyEvaluation {
    private TinyEvaluation() {}

    /** With seed 0, all that there is, and a single draw. */
    static EvaluationWish wish(Set<Metric> metrics) {
        return new EvaluationWish(
                metrics,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                SamplingOptions.DEFAULT,
                false,
                1,
                false);
    }

    /** With seed 3 and 5 draws; all else is left open. */
    static EvaluationWish wish(Set<Metric> metrics, int count, boolean floor) {
        return new EvaluationWish(
                metrics,
                OptionalInt.of(count),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                3,
                SamplingOptions.DEFAULT,
                false,
                5,
                floor);
    }

    /** @param judge the run of a classifier; without one, none but an embedded one judges */
    public static EvaluationReport of(Path root, Optional<Path> judge, EvaluationWish wish) {
        Optional<FeatureNetwork> network = judge.map(run -> Judges.classifier(run.toString(), ComputeDevice.CPU));
        try (SavedRun run = SavedRun.open(root, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Optional<Generation> generation = run.model() instanceof Generates model
                    ? Optional.of(new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 16))
                    : Optional.empty();
            return new Evaluation(wish, network, ComputeDevice.CPU, (what, done, total) -> {})
                    .of(run, generation, Precision.FLOAT32);
        } finally {
            network.ifPresent(FeatureNetwork::close);
        }
    }

    static double figure(EvaluationReport report, Figure figure) {
        return report.figures().get(figure).value();
    }
}
