package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.diffusion.Guidance;
import io.inkstone.evaluate.LabelledPictures;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.PreviewConfig;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.SavedRun;
import io.inkstone.run.TinyRun;
import io.inkstone.run.preview.SampleMeasures;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures say with which guidance their pictures were drawn: with one that acted. */
class GuidanceOnRecordTest {
    @TempDir
    Path folder;

    /** Nothing to lead towards: previews and measures of them draw without guidance, and say so; who asks for it is told. */
    @Test
    void onlyWhatActed() throws IOException {
        Path data = TinyRun.data(folder);
        Path generator = TinyRun.train(TinyRun.recipe(data, "train.epochs=1"), folder.resolve("generator"), 1);
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
        assertThatThrownBy(() -> TinyEvaluation.of(generator, Optional.empty(), asked))
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
}
