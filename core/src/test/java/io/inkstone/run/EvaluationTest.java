package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.data.Split;
import io.inkstone.diffusion.Guidance;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.Interval;
import io.inkstone.evaluate.LabelledPictures;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Generates;
import io.inkstone.models.Generation;
import io.inkstone.models.Model;
import io.inkstone.models.SamplingOptions;
import io.inkstone.run.EvaluationWish.Metric;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations from end to end, on networks and data that are tiny. */
class EvaluationTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path generator;
    private static Path judge;
    private static Path vae;

    @BeforeAll
    static void train() throws IOException {
        data = TinyRun.data(folder);
        generator = folder.resolve("generator");
        train(TinyRun.recipe(data, "train.epochs=1", "data.holdOut=0.2"), generator);
        judge = folder.resolve("judge");
        train(
                Recipes.load(
                                "sprites-classifier",
                                List.of("model.channels=[4,8]", "train.epochs=4", "train.batch=20", "data.holdOut=0.2"))
                        .withSource(data.toString()),
                judge);
        vae = folder.resolve("vae");
        train(
                Recipes.load(
                                "faces-vae",
                                List.of(
                                        "model.channels=[8,8]",
                                        "model.latent=4",
                                        "data.size=16",
                                        "data.crop=0",
                                        "train.epochs=1",
                                        "train.batch=20",
                                        "preview.count=2"))
                        .withSource(data.toString()),
                vae);
    }

    private static void train(Recipe recipe, Path out) {
        try (TrainingRun run =
                TrainingRun.start(recipe, new TrainingRun.Start(out, Optional.empty(), ComputeDevice.CPU))) {
            run.train(List.of());
        }
    }

    private static EvaluationWish wish(Set<Metric> metrics, int count, boolean floor) {
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

    private static EvaluationReport evaluate(Path root, EvaluationWish wish) {
        try (FeatureNetwork network = Judges.classifier(judge.toString(), ComputeDevice.CPU);
                SavedRun run = SavedRun.open(root, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Optional<Generation> generation = run.model() instanceof Generates model
                    ? Optional.of(new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 16))
                    : Optional.empty();
            return new Evaluation(wish, Optional.of(network), ComputeDevice.CPU, (what, done, total) -> {})
                    .of(run, generation, Precision.FLOAT32);
        }
    }

    private static double figure(EvaluationReport report, Figure figure) {
        return report.figures().get(figure).value();
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
                        Protocol.JUDGE_SEES);
        assertThat(report.protocol()).containsEntry(Protocol.SAMPLING, "ddim, 20 steps, grid uniform, guidance 1");
        assertThat(report.figures().keySet())
                .contains(
                        Figure.FID,
                        Figure.KID,
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
                        "The inception score of 40 pictures comes out too low: draw 5000 or more (--count).",
                        "Label accuracy rests on as few as 18 pictures of a class: draw 100 of each or more"
                                + " (--count).");
        assertThat(evaluate(generator, wish(Set.of(), 40, true)).figures()).isEqualTo(report.figures());

        RunDirectory run = RunDirectory.existing(generator);
        assertThat(EvaluationLog.newest(run)).isEmpty();
        EvaluationLog.append(run, report);
        EvaluationLog.append(run, evaluate(generator, wish(EnumSet.of(Metric.DIVERSITY), 40, false)));
        Map<Figure, SavedEvaluation> newest = EvaluationLog.newest(run);
        assertThat(newest.get(Figure.FID).figures()).isEqualTo(report.figures());
        assertThat(newest.get(Figure.DIVERSITY).figures()).containsOnlyKeys(Figure.DIVERSITY);
    }

    /** Whatever a default becomes later, the words say what was done. */
    @Test
    void namesWhatNobodyChose() {
        try (SavedRun run = SavedRun.open(generator, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            SamplingOptions chosen = SamplingOptions.of(Optional.of("heun"), Optional.of("karras"), OptionalInt.of(1))
                    .withGuidance(new Guidance(2.5, 0.7, 0.3, 5))
                    .withClamp(true);
            assertThat(SamplingProtocol.of(run.generates(), chosen))
                    .isEqualTo("heun, 1 step, grid karras, guidance 2.5 rescaled by 0.7 between 0.3 and 5, clamped");
            assertThat(SamplingProtocol.of(run.generates(), SamplingOptions.DEFAULT))
                    .isEqualTo("ddim, 20 steps, grid uniform, guidance 1");
        }
    }

    /** Nothing to lead towards: previews and measures of them draw without guidance, and say so; who asks for it is told. */
    @Test
    void guidanceIsOnRecordWhereItActs() {
        SamplingOptions strong = SamplingOptions.of("ddim", 2).withGuidance(Guidance.of(3));
        PreviewConfig guided = TinyRun.recipe(data, "preview.guidance=3").preview();
        Recipe classless = TinyRun.recipe(
                data, "model.conditional=false", "data.size=8", "data.channels=3", "data.classes=[dark,bright]");
        try (SavedRun run = SavedRun.open(generator, SavedRun.Weights.EMA, ComputeDevice.CPU);
                Model unconditional = classless.build(Initializer.empty())) {
            assertThat(guided.sampling(run.generates()).guidance().weight()).isEqualTo(3);
            assertThat(guided.sampling((Generates) unconditional).guidance()).isEqualTo(Guidance.NONE);

            Generation generation = new Generation(run.generates(), ComputeDevice.CPU, Precision.FLOAT32, 100);
            int[] labels = new int[40];
            assertThat(SampleMeasures.of(generation, strong, real(labels)).sampling())
                    .endsWith("guidance 1");
            Arrays.setAll(labels, i -> i % 2);
            assertThat(SampleMeasures.of(generation, strong, real(labels)).sampling())
                    .endsWith("guidance 3");
        }
        EvaluationWish asked = new EvaluationWish(
                Set.of(),
                OptionalInt.of(5),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                strong,
                true,
                1,
                false);
        assertThatThrownBy(() -> evaluate(generator, asked))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no class was asked for");
    }

    private static LabelledPictures real(int[] labels) {
        List<float[]> pictures = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            float[] picture = new float[192];
            Arrays.fill(picture, i / (float) labels.length);
            pictures.add(picture);
        }
        return new LabelledPictures(pictures, labels);
    }

    /** Half of the data beside its other half: near nothing to find, and the judge is right. */
    @Test
    void realPicturesAreAlike() {
        EvaluationWish wish = wish(Set.of(), Optional.of(Split.TRAIN), false);
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
        EvaluationWish wish = wish(EnumSet.of(Metric.DIVERSITY), Optional.of(Split.ALL), false);
        String roundabout =
                data.getParent().resolve(".").resolve(data.getFileName()).toString();
        EvaluationReport report =
                new Evaluation(wish, Optional.empty(), ComputeDevice.CPU, (what, done, total) -> {}).of(roundabout);
        assertThat(report.notes()).anyMatch(note -> note.contains("a random half"));
        assertThat(report.protocol()).containsEntry(Protocol.COUNT, 100).containsEntry(Protocol.REAL, 100);
    }

    /** Before anything is drawn, and by its cause: the data of this run do hold out some. */
    @Test
    void refusesAFloorOfPicturesThatWereTrainedOn() {
        assertThatThrownBy(() -> evaluate(generator, wish(Set.of(), Optional.of(Split.TRAIN), true)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--split train compares with pictures that models learn from: leave --split out");
    }

    private static EvaluationWish wish(Set<Metric> metrics, Optional<Split> split, boolean floor) {
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
    void measuresWhatAModelEncodes() {
        EvaluationReport report = evaluate(vae, wish(EnumSet.of(Metric.RECONSTRUCTION), 30, false));
        assertThat(figure(report, Figure.MEAN_SQUARED_ERROR)).isBetween(0.0, 0.3);
        assertThat(figure(report, Figure.PSNR)).isBetween(5.0, 40.0);
        assertThat(figure(report, Figure.SSIM)).isBetween(-1.0, 1.0);
        assertThat(figure(report, Figure.MS_SSIM)).isBetween(0.0, 1.0);
        assertThat(report.protocol().get(Protocol.RECONSTRUCTED).toString())
                .contains("30 pictures")
                .contains("1 scale");
    }

    @Test
    void boundsTheLikelihoodOfAModelThatHasOne() {
        Path bernoulli = folder.resolve("bernoulli");
        train(
                Recipes.load(
                                "mnist-vae-nll",
                                List.of(
                                        "model.hidden=[16,16]",
                                        "model.latent=3",
                                        "objective.klWarmUpBatches=0",
                                        "train.epochs=2",
                                        "train.batch=20",
                                        "preview.count=2"))
                        .withSource(data.toString()),
                bernoulli);
        EvaluationReport report = evaluate(bernoulli, wish(EnumSet.of(Metric.NLL), 30, false));
        double nats = figure(report, Figure.NLL_NATS);
        assertThat(nats).isBetween(1.0, 192.0);
        assertThat(-figure(report, Figure.ELBO_NATS)).isGreaterThanOrEqualTo(nats);
        assertThat(figure(report, Figure.NLL_BITS_PER_DIMENSION)).isCloseTo(nats / (192 * Math.log(2)), within(1e-4));
        assertThat(report.protocol().get(Protocol.LIKELIHOOD).toString())
                .contains("Bernoulli of values 0 and 1")
                .contains("5 draws, 30 pictures");
        assertThat(evaluate(bernoulli, wish(EnumSet.of(Metric.NLL), 30, false)).figures())
                .isEqualTo(report.figures());
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
        try (SavedRun run = SavedRun.open(vae, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Evaluation without = new Evaluation(
                    wish(EnumSet.of(Metric.NLL), 5, false),
                    Optional.empty(),
                    ComputeDevice.CPU,
                    (what, done, total) -> {});
            assertThatThrownBy(() -> without.of(run, Optional.empty(), Precision.FLOAT32))
                    .hasMessageContaining("gives pictures no probability");
        }
    }
}
