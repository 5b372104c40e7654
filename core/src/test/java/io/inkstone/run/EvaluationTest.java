package io.inkstone.run;

import static io.inkstone.run.TinyEvaluation.figure;
import static io.inkstone.run.TinyEvaluation.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.data.Split;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.models.SamplingOptions;
import io.inkstone.run.EvaluationWish.Metric;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of what draws pictures, from end to end, on networks and data that are tiny. */
class EvaluationTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path generator;
    private static Path judge;

    @BeforeAll
    static void train() throws IOException {
        data = TinyRun.data(folder);
        generator =
                TinyRun.train(TinyRun.recipe(data, "train.epochs=1", "data.holdOut=0.2"), folder.resolve("generator"));
        judge = TinyRun.train(
                Recipes.load(
                                "sprites-classifier",
                                List.of("model.channels=[4,8]", "train.epochs=4", "train.batch=20", "data.holdOut=0.2"))
                        .withSource(data.toString()),
                folder.resolve("judge"));
    }

    private static EvaluationReport evaluate(Path root, EvaluationWish wish) {
        return TinyEvaluation.of(root, Optional.of(judge), wish);
    }

    @Test
    void measuresAGeneratorAndRemembersIt() {
        EvaluationReport report = evaluate(generator, wish(Set.of(), 40, true));
        assertThat(report.protocol())
                .containsEntry("count", 40)
                .containsEntry("real", 40)
                .containsEntry("data", "pictures.npy, validation part")
                .containsEntry("judge", "judge")
                .containsEntry("judgeFeatures", 8)
                .containsEntry("seed", 3L)
                .containsEntry("precision", "float32")
                .containsKeys("judgeSha256", "weights", "checkpoint", "kidSubsets", "judgeSees");
        assertThat(report.protocol()).containsEntry("sampling", "ddim, 20 steps, grid uniform, guidance 1");
        assertThat(report.figures().keySet())
                .contains(
                        "fid",
                        "kid",
                        "inceptionScore",
                        "precision",
                        "recall",
                        "density",
                        "coverage",
                        "accuracy",
                        "accuracyPerClass",
                        "modesCovered",
                        "diversity",
                        "nearestTraining",
                        "nearestTrainingOfReal",
                        "fidOfTraining");
        assertThat(figure(report, "fidLow")).isLessThan(figure(report, "fid"));
        assertThat(figure(report, "fidHigh")).isGreaterThan(figure(report, "fid"));
        for (String name : List.of(
                "kid", "inceptionScore", "precision", "recall", "density", "coverage", "accuracy", "diversity")) {
            assertThat(figure(report, name + "Low")).as(name).isLessThanOrEqualTo(figure(report, name));
            assertThat(figure(report, name + "High")).as(name).isGreaterThanOrEqualTo(figure(report, name));
        }
        assertThat(report.figures().get("accuracyOfRealPerClass")).isEqualTo(Map.of("0", 1.0, "1", 1.0));
        // A network of 20 steps draws worse pictures than the training set holds.
        assertThat(figure(report, "fidOfTraining")).isLessThan(figure(report, "fid"));
        // Dark and bright: the judge tells them apart.
        assertThat(figure(report, "accuracyOfReal")).isEqualTo(1);
        assertThat(report.sheet()).isPresent();
        // 40 pictures have no nearest 1 %.
        assertThat(report.notes()).anyMatch(note -> note.startsWith("copies is left out"));
        assertThat(report.notes())
                .anyMatch(note -> note.contains("biased upward"))
                .contains(
                        "KID of 40 pictures a side scatters widely: give 500 or more.",
                        "Precision, recall, density and coverage of 40 pictures a side say little and shift with the"
                                + " count: give 1000 or more.",
                        "The inception score of 40 pictures comes out too low: draw 5000 or more (--count).",
                        "Label accuracy rests on as few as 18 pictures of a class: draw 100 of each or more"
                                + " (--count).");
        assertThat(evaluate(generator, wish(Set.of(), 40, true)).figures()).isEqualTo(report.figures());

        RunDirectory run = RunDirectory.existing(generator);
        assertThat(EvaluationLog.newest(run)).isEmpty();
        EvaluationLog.append(run, report);
        EvaluationLog.append(run, evaluate(generator, wish(EnumSet.of(Metric.DIVERSITY), 40, false)));
        Map<String, JsonNode> newest = EvaluationLog.newest(run);
        assertThat(newest.get("fid").at("/figures/fid").asDouble()).isEqualTo(figure(report, "fid"));
        assertThat(newest.get("diversity").path("figures").has("fid")).isFalse();
    }

    /** Half of the data beside its other half: near nothing to find, and the judge is right. */
    @Test
    void realPicturesAreAlike() {
        EvaluationWish wish = new EvaluationWish(
                Set.of(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(data.toString()),
                Optional.of(Split.TRAIN),
                0,
                SamplingOptions.DEFAULT,
                false,
                1,
                false);
        try (FeatureNetwork network = Judges.classifier(judge.toString(), ComputeDevice.CPU)) {
            EvaluationReport report = new Evaluation(
                            wish, Optional.of(network), ComputeDevice.CPU, (what, done, total) -> {})
                    .of(data.toString());
            assertThat(report.notes()).anyMatch(note -> note.contains("a random half"));
            assertThat(report.protocol()).containsEntry("count", 100);
            assertThat(figure(report, "accuracy")).isEqualTo(1);
            assertThat(figure(report, "precision")).isGreaterThan(0.8);
            assertThat(figure(report, "recall")).isGreaterThan(0.8);
            assertThat(Math.abs(figure(report, "kid"))).isLessThan(3 * figure(report, "kidDeviation"));
            assertThat(figure(report, "nearestTraining")).isZero();
        }
    }

    @Test
    void saysWhyWhatIsNamedCannotBeMeasured() {
        assertThatThrownBy(() -> evaluate(generator, wish(EnumSet.of(Metric.RECONSTRUCTION), 10, false)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'reconstruction' cannot be measured: this model has no encoder");
        assertThatThrownBy(() -> evaluate(generator, wish(EnumSet.of(Metric.FID), 8, false)))
                .hasMessageContaining("8 pictures do not determine a covariance of 8 features")
                .hasMessageContaining("--count 16");
        assertThat(evaluate(generator, wish(Set.of(), 8, false)).notes())
                .anyMatch(note -> note.startsWith("fid is left out"));
        assertThatThrownBy(() -> evaluate(judge, wish(Set.of(), 8, false)))
                .hasMessageContaining("judges pictures and draws none");
        assertThatThrownBy(() -> wish(Set.of(), 0, false)).hasMessageContaining("--count must be 1 or more");
        assertThatThrownBy(() -> Judges.classifier(generator.toString(), ComputeDevice.CPU))
                .hasMessageContaining("system 'diffusion', which judges nothing");
        assertThatThrownBy(() -> Judges.classifier("fashion-clasifier", ComputeDevice.CPU))
                .hasMessageContaining("Did you mean fashion-classifier-1?");
    }
}
