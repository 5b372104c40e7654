package io.inkstone.measure;

import static io.inkstone.measure.TinyEvaluation.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.data.PreparedSet;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.SavedRun;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of models, judges and data are matched by their names, not by their number. */
class ClassNamesTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path turned;
    private static Path others;
    private static Path judge;

    @BeforeAll
    static void train() throws IOException {
        data = written("data", false, "dark", "bright");
        turned = written("turned", true, "bright", "dark");
        others = written("others", false, "cat", "dog");
        judge = TinyRun.train(
                Recipes.load(
                                "sprites-classifier",
                                List.of("model.channels=[4,8]", "train.epochs=4", "train.batch=20", "data.holdOut=0.2"))
                        .withSource(data.toString()),
                folder.resolve("judge"));
    }

    private static Path written(String name, boolean turned, String... classes) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        Path pictures = TinyRun.data(place);
        Files.write(place.resolve("classes.txt"), List.of(classes));
        if (turned) {
            float[] labels = Npy.read(place.resolve("labels.npy")).toFloats();
            for (int i = 0; i < labels.length; i++) {
                labels[i] = 1 - labels[i];
            }
            Npy.write(place.resolve("labels.npy"), NdArray.of(labels, labels.length / 2, 2));
        }
        return pictures;
    }

    private static EvaluationWish wish(Path real) {
        return new EvaluationWish(
                EnumSet.of(Metric.ACCURACY, Metric.MODES),
                OptionalInt.of(40),
                OptionalInt.empty(),
                Optional.of(real.toString()),
                Optional.empty(),
                0,
                SamplingOptions.DEFAULT,
                false,
                1,
                false);
    }

    private static EvaluationReport judged(Path pictures, EvaluationWish wish) {
        try (FeatureNetwork network = Judges.classifier(judge.toString(), ComputeDevice.CPU)) {
            return new Evaluation(wish, Optional.of(network), ComputeDevice.CPU, (what, done, total) -> {})
                    .of(pictures.toString());
        }
    }

    private static Path generator(String name, String... more) {
        String[] all = List.of(List.of("train.epochs=1"), List.of(more)).stream()
                .flatMap(List::stream)
                .toArray(String[]::new);
        return TinyRun.train(TinyRun.recipe(data, all), folder.resolve(name), 1);
    }

    @Test
    void aJudgeSpeaksInTheOrderOfTheData() {
        EvaluationReport report = judged(turned, wish(turned));
        assertThat(figure(report, Figure.ACCURACY_OF_REAL)).isEqualTo(1);
        assertThat(report.figures().get(Figure.ACCURACY_OF_REAL).byClass().keySet())
                .containsExactly("bright", "dark");
        assertThat(figure(judged(turned, wish(data)), Figure.ACCURACY)).isEqualTo(1);
        assertThat(figure(judged(data, wish(data)), Figure.ACCURACY_OF_REAL)).isEqualTo(1);
    }

    @Test
    void aJudgeOfOtherClassesSaysSo() {
        EvaluationWish all = new EvaluationWish(
                EnumSet.noneOf(Metric.class),
                OptionalInt.of(40),
                OptionalInt.empty(),
                Optional.of(others.toString()),
                Optional.empty(),
                0,
                SamplingOptions.DEFAULT,
                false,
                1,
                false);
        EvaluationReport report = judged(others, all);
        assertThat(report.figures()).doesNotContainKeys(Figure.ACCURACY, Figure.ACCURACY_OF_REAL);
        assertThat(report.notes())
                .contains("judge knows 2 classes (dark, bright), the data pictures.npy has 2 classes (cat, dog):"
                        + " label accuracy is left out, and modes are of the judge's classes.");
        assertThatThrownBy(() -> judged(others, wish(others)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the judge knows other classes");
    }

    /** One that was trained on dark and bright ones is asked for dark ones where the data's are dark. */
    @Test
    void aModelIsAskedInItsOwnOrder() {
        Path run = generator("run");
        EvaluationReport report = TinyEvaluation.of(run, Optional.of(judge), wish(turned));
        assertThat(figure(report, Figure.ACCURACY_OF_REAL)).isEqualTo(1);
        assertThat(report.figures().get(Figure.ACCURACY).byClass().keySet()).containsExactly("dark", "bright");
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU);
                MeasuredData opened = MeasuredData.of(turned.toString(), Optional.empty())) {
            PreparedSet set = opened.inOrder(
                            saved.orderOf(opened.info(), turned.toString()).orElseThrow())
                    .measured();
            assertThat(set.info().classes()).containsExactly("dark", "bright");
            for (int i = 0; i < 10; i++) {
                boolean bright = (set.pixels(i).data()[0] & 0xFF) >= 150;
                assertThat(SampleMeasures.largest(set.entry(i).context())).isEqualTo(bright ? 1 : 0);
            }
        }
        assertThatThrownBy(() -> TinyEvaluation.of(run, Optional.of(judge), wish(others)))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "knows 2 classes (dark, bright), the data pictures.npy has 2 classes (cat, dog): give the data"
                                + " that it was trained on, or such whose classes have the same names.");
    }

    /** A recipe may call the classes of its data something else. */
    @Test
    void theRunsOwnDataAlwaysFit() {
        Path run = generator("renamed", "data.classes=[night, day]");
        assertThat(figure(TinyEvaluation.of(run, Optional.of(judge), wish(data)), Figure.ACCURACY_OF_REAL))
                .isEqualTo(1);
    }
}
