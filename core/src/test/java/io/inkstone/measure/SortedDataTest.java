package io.inkstone.measure;

import static io.inkstone.measure.TinyEvaluation.figure;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.data.source.DataSource;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.ResolvedRecipe;
import io.inkstone.run.RunData;
import io.inkstone.run.TinyRun;
import io.inkstone.run.preview.SampleMeasures;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that lie class after class, as class folders do: what takes only some of them takes of all classes. */
class SortedDataTest {
    private static final int CLASSES = 3;
    private static final int OF_EACH = 80;
    private static final int SIDE = 8;

    @TempDir
    static Path folder;

    private static Path data;
    private static Path judge;

    @BeforeAll
    static void train() throws IOException {
        data = sorted();
        judge = TinyRun.train(
                Recipes.load(
                                "sprites-classifier",
                                List.of("model.channels=[4,8]", "train.epochs=6", "train.batch=20", "data.holdOut=0.5"))
                        .withSource(data.toString()),
                folder.resolve("judge"));
    }

    /** Dark ones, then grey ones, then bright ones. */
    private static Path sorted() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        int size = SIDE * SIDE * 3;
        int count = CLASSES * OF_EACH;
        byte[] pixels = new byte[count * size];
        float[] labels = new float[count * CLASSES];
        for (int i = 0; i < count; i++) {
            int label = i / OF_EACH;
            labels[i * CLASSES + label] = 1;
            for (int j = 0; j < size; j++) {
                pixels[i * size + j] = (byte) (label * 80 + random.nextInt(60));
            }
        }
        Path pictures = folder.resolve("pictures.npy");
        Npy.write(pictures, NdArray.of(pixels, count, SIDE, SIDE, 3));
        Npy.write(folder.resolve("labels.npy"), NdArray.of(labels, count, CLASSES));
        return pictures;
    }

    private static EvaluationWish wish(OptionalInt count, OptionalInt real, boolean floor) {
        return new EvaluationWish(
                EnumSet.of(Metric.FID, Metric.ACCURACY),
                count,
                real,
                Optional.of(data.toString()),
                Optional.empty(),
                0,
                SamplingOptions.DEFAULT,
                false,
                1,
                floor);
    }

    private static EvaluationReport ofPictures(Path pictures, OptionalInt count, OptionalInt real) {
        try (FeatureNetwork network = Judges.classifier(judge.toString(), ComputeDevice.CPU)) {
            return new Evaluation(
                            wish(count, real, false),
                            Optional.of(network),
                            ComputeDevice.CPU,
                            (what, done, total) -> {})
                    .of(pictures.toString());
        }
    }

    /** Accuracy of a class of which there is no picture has no figure. */
    private static void everyClassIsThere(EvaluationReport report, Figure figure) {
        assertThat(report.figures().get(figure).byClass()).as(figure.key()).hasSize(CLASSES);
    }

    @Test
    void aModelIsAskedForAllClassesAndComparedWithAll() {
        Path generator =
                TinyRun.train(TinyRun.recipe(data, "train.epochs=1", "data.holdOut=0.5"), folder.resolve("run"), 1);
        for (OptionalInt real : List.of(OptionalInt.empty(), OptionalInt.of(60))) {
            EvaluationReport half =
                    TinyEvaluation.of(generator, Optional.of(judge), wish(OptionalInt.of(60), real, true));
            everyClassIsThere(half, Figure.ACCURACY);
            everyClassIsThere(half, Figure.ACCURACY_OF_REAL);
            // Were classes missing on one side, it would be what lies between them: 7.
            assertThat(figure(half, Figure.FID_OF_TRAINING)).isLessThan(2);
        }
    }

    @Test
    void someOfThePicturesAreOfAllClasses() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        for (String file : List.of("pictures.npy", "labels.npy")) {
            Files.copy(folder.resolve(file), copy.resolve(file));
        }
        EvaluationReport few = ofPictures(copy, OptionalInt.of(60), OptionalInt.empty());
        everyClassIsThere(few, Figure.ACCURACY);
        assertThat(figure(few, Figure.FID)).isLessThan(2);
        everyClassIsThere(ofPictures(copy, OptionalInt.empty(), OptionalInt.of(60)), Figure.ACCURACY_OF_REAL);
        everyClassIsThere(ofPictures(data, OptionalInt.empty(), OptionalInt.of(60)), Figure.ACCURACY_OF_REAL);
    }

    /** What training and compare measure by; models without classes look at the first of them only. */
    @Test
    void examplesAreOfAllClasses() {
        Recipe recipe = ResolvedRecipe.of(
                "sprites", "data.source=" + data, "data.size=8", "data.holdOut=0.5", "preview.count=2");
        try (RunData run = new RunData(DataSource.open(data.toString()), recipe)) {
            List<float[]> contexts = run.examples(60).conditions().stream()
                    .map(condition -> condition.weights().orElseThrow())
                    .toList();
            for (List<float[]> some : List.of(contexts, contexts.subList(0, 20))) {
                assertThat(some.stream().map(SampleMeasures::largest)).contains(0, 1, 2);
            }
            assertThat(run.examples(1000).pictures()).hasSize(120);
        }
    }
}
