package io.inkstone.measure;

import static io.inkstone.measure.TinyEvaluation.figure;
import static io.inkstone.measure.TinyEvaluation.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.Split;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.Interval;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.TinyRun;
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
        generator = TinyRun.train(
                TinyRun.recipe(data, "train.epochs=1", "data.holdOut=0.2", "data.holdOutBy=count"),
                folder.resolve("generator"));
        judge = TinyRun.train(
                Recipes.load(
                                "sprites-classifier",
                                List.of(
                                        "model.channels=[4,8]",
                                        "train.epochs=4",
                                        "train.batch=20",
                                        "data.holdOut=0.2",
                                        "data.holdOutBy=count"))
                        .withSource(data.toString()),
                folder.resolve("judge"));
    }

    private static EvaluationReport evaluate(Path root, EvaluationWish wish) {
        return TinyEvaluation.of(root, Optional.of(judge), wish);
    }

    private static Interval ends(EvaluationReport report, Figure figure) {
        return report.figures().get(figure).interval().orElseThrow();
    }

    @Test
    void measuresAGeneratorAndRemembersIt() {
        EvaluationReport report = evaluate(generator, wish(Set.of(), 40, true));
        assertThat(report.protocol())
                .containsEntry(Protocol.COUNT, 40)
                .containsEntry(Protocol.REAL, 40)
                .containsEntry(Protocol.DATA, "pictures.npy, validation part")
                .containsEntry(Protocol.JUDGE, "judge")
                .containsEntry(Protocol.JUDGE_FEATURES, 8)
                .containsEntry(Protocol.SEED, 3L)
                .containsEntry(Protocol.PRECISION, "float32")
                .containsKeys(
                        Protocol.JUDGE_SHA256,
                        Protocol.WEIGHTS,
                        Protocol.CHECKPOINT,
                        Protocol.KID_SUBSETS,
                        Protocol.MIND_PICTURES,
                        Protocol.JUDGE_SEES);
        assertThat(report.protocol()).containsEntry(Protocol.SAMPLING, "ddim, 20 steps, grid uniform, guidance 1");
        assertThat(report.figures().keySet())
                .contains(
                        Figure.FID,
                        Figure.KID,
                        Figure.MIND,
                        Figure.INCEPTION_SCORE,
                        Figure.PRECISION,
                        Figure.RECALL,
                        Figure.DENSITY,
                        Figure.COVERAGE,
                        Figure.ACCURACY,
                        Figure.MODES_COVERED,
                        Figure.DIVERSITY,
                        Figure.NEAREST_TRAINING,
                        Figure.NEAREST_TRAINING_OF_REAL,
                        Figure.FID_OF_TRAINING);
        assertThat(ends(report, Figure.FID).low()).isLessThan(figure(report, Figure.FID));
        assertThat(ends(report, Figure.FID).high()).isGreaterThan(figure(report, Figure.FID));
        // What drawn noise reaches in no half does not scatter: nothing tells how sure that is.
        assertThat(figure(report, Figure.COVERAGE)).isZero();
        assertThat(report.figures().get(Figure.COVERAGE).interval()).isEmpty();
        for (Figure figure : List.of(
                Figure.KID,
                Figure.MIND,
                Figure.INCEPTION_SCORE,
                Figure.PRECISION,
                Figure.RECALL,
                Figure.ACCURACY,
                Figure.DIVERSITY)) {
            assertThat(ends(report, figure).low()).as(figure.key()).isLessThanOrEqualTo(figure(report, figure));
            assertThat(ends(report, figure).high()).as(figure.key()).isGreaterThanOrEqualTo(figure(report, figure));
        }
        assertThat(report.figures().get(Figure.ACCURACY_OF_REAL).byClass())
                .containsOnlyKeys("0", "1")
                .allSatisfy((name, measured) -> assertThat(measured.value()).isEqualTo(1));
        // A network of 20 steps draws worse pictures than the training set holds.
        assertThat(figure(report, Figure.FID_OF_TRAINING)).isLessThan(figure(report, Figure.FID));
        assertThat(figure(report, Figure.MIND_OF_TRAINING)).isLessThan(figure(report, Figure.MIND));
        // Dark and bright: the judge tells them apart.
        assertThat(figure(report, Figure.ACCURACY_OF_REAL)).isEqualTo(1);
        assertThat(report.sheet()).isPresent();
        // 40 pictures have no nearest 1 %.
        assertThat(report.notes()).anyMatch(note -> note.startsWith("copies is left out"));
        assertThat(report.notes())
                .anyMatch(note -> note.contains("biased upward"))
                .contains(
                        "KID of 40 pictures a side scatters widely: give 500 or more.",
                        "Precision, recall, density and coverage of 40 pictures a side say little and shift with the"
                                + " count: give 1000 or more.",
                        "The inception score of 40 pictures comes out too low: draw 5000 or more.",
                        "Label accuracy rests on as few as 18 pictures of a class: draw 100 of each or more.");
        assertThat(evaluate(generator, wish(Set.of(), 40, true)).figures()).isEqualTo(report.figures());

        RunDirectory run = RunDirectory.existing(generator);
        assertThat(EvaluationLog.newest(run)).isEmpty();
        EvaluationLog.append(run, report);
        EvaluationLog.append(run, evaluate(generator, wish(EnumSet.of(Metric.DIVERSITY), 40, false)));
        Map<Figure, SavedEvaluation> newest = EvaluationLog.newest(run);
        assertThat(newest.get(Figure.FID).figures()).isEqualTo(report.figures());
        assertThat(newest.get(Figure.DIVERSITY).figures()).containsOnlyKeys(Figure.DIVERSITY);
    }

    /** Half of the data beside its other half: near nothing to find, and the judge is right. */
    @Test
    void realPicturesAreAlike() {
        EvaluationWish wish = againstThemselves(Set.of(), Optional.of(Split.TRAIN), false);
        try (FeatureNetwork network = Judges.classifier(judge.toString(), ComputeDevice.CPU)) {
            EvaluationReport report = new Evaluation(
                            wish, Optional.of(network), ComputeDevice.CPU, (what, done, total) -> {})
                    .of(data.toString());
            assertThat(report.notes()).anyMatch(note -> note.contains("a random half"));
            assertThat(report.protocol()).containsEntry(Protocol.COUNT, 100);
            assertThat(figure(report, Figure.ACCURACY)).isEqualTo(1);
            assertThat(figure(report, Figure.PRECISION)).isGreaterThan(0.8);
            assertThat(figure(report, Figure.RECALL)).isGreaterThan(0.8);
            assertThat(Math.abs(figure(report, Figure.KID))).isLessThan(3 * figure(report, Figure.KID_DEVIATION));
            assertThat(figure(report, Figure.NEAREST_TRAINING)).isZero();
        }
    }

    /** A set is in all of itself: no figure of that is one of two sets. */
    @Test
    void allOfASetIsNotComparedWithItself() {
        EvaluationWish wish = againstThemselves(EnumSet.of(Metric.DIVERSITY), Optional.of(Split.ALL), false);
        String roundabout =
                data.getParent().resolve(".").resolve(data.getFileName()).toString();
        EvaluationReport report =
                new Evaluation(wish, Optional.empty(), ComputeDevice.CPU, (what, done, total) -> {}).of(roundabout);
        assertThat(report.notes()).anyMatch(note -> note.contains("a random half"));
        assertThat(report.protocol()).containsEntry(Protocol.COUNT, 100).containsEntry(Protocol.REAL, 100);
    }

    /** A count is for both halves: two sides of it are compared. */
    @Test
    void aSetBesideItselfIsCutToTheCount() {
        EvaluationWish all = againstThemselves(EnumSet.of(Metric.DIVERSITY), Optional.of(Split.ALL), false);
        EvaluationWish some = new EvaluationWish(
                all.metrics(),
                OptionalInt.of(30),
                all.real(),
                all.data(),
                all.split(),
                all.seed(),
                all.sampling(),
                all.unconditional(),
                all.draws(),
                all.floor());
        EvaluationReport report = new Evaluation(some, Optional.empty(), ComputeDevice.CPU, (what, done, total) -> {})
                .of(data.toString());
        assertThat(report.protocol()).containsEntry(Protocol.COUNT, 30).containsEntry(Protocol.REAL, 30);
    }

    /** Before anything is drawn, and by its cause: the data of this run do hold out some. */
    @Test
    void refusesAFloorOfPicturesThatWereTrainedOn() {
        assertThatThrownBy(() -> evaluate(generator, againstThemselves(Set.of(), Optional.of(Split.TRAIN), true)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("The split train compares with pictures that models learn from: leave split out");
    }

    private static EvaluationWish againstThemselves(Set<Metric> metrics, Optional<Split> split, boolean floor) {
        return new EvaluationWish(
                metrics,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(data.toString()),
                split,
                0,
                SamplingOptions.DEFAULT,
                false,
                1,
                floor);
    }

    @Test
    void saysWhyWhatIsNamedCannotBeMeasured() {
        assertThatThrownBy(() -> evaluate(generator, wish(EnumSet.of(Metric.RECONSTRUCTION), 10, false)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'reconstruction' cannot be measured: this model has no encoder");
        assertThatThrownBy(() -> evaluate(generator, wish(EnumSet.of(Metric.FID), 8, false)))
                .hasMessageContaining("8 pictures do not determine a covariance of 8 features")
                .hasMessageContaining("count of 16");
        assertThat(evaluate(generator, wish(Set.of(), 8, false)).notes())
                .anyMatch(note -> note.startsWith("fid is left out"));
        assertThatThrownBy(() -> evaluate(judge, wish(Set.of(), 8, false)))
                .hasMessageContaining("judges pictures and draws none");
        assertThatThrownBy(() -> wish(Set.of(), 0, false)).hasMessageContaining("count must be 1 or more");
        assertThatThrownBy(() -> Judges.classifier(generator.toString(), ComputeDevice.CPU))
                .hasMessageContaining("system 'diffusion', which judges nothing");
        assertThatThrownBy(() -> Judges.classifier("fashion-clasifier", ComputeDevice.CPU))
                .hasMessageContaining("Did you mean fashion-classifier-1?");
    }
}
