package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import io.inkstone.data.SharedData;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Pixels;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.models.PictureForm;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.OptimizerConfig;
import io.inkstone.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RunDataTest {
    /** The embedded faces have captions, and are 64×64. */
    private static void onFaces(String assignment, Consumer<RunData> check) {
        DataSet faces = DataSource.open("faces");
        try (RunData data = new RunData(faces, recipe(assignment))) {
            check.accept(data);
        }
    }

    private static Recipe recipe(String... assignments) {
        List<String> all = new ArrayList<>(List.of("data.source=faces"));
        all.addAll(List.of(assignments));
        return ResolvedRecipe.of("faces-autoencoder", all.toArray(String[]::new));
    }

    /** The first batch of an autoencoder so small that it costs nothing. */
    private static void withBatch(Recipe recipe, Consumer<Batch> check) {
        TrainingPlan plan =
                new TrainingPlan(1, 1, OptimizerConfig.adam(1e-3), Precision.FLOAT32, ComputeDevice.CPU, new Seed(1));
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.empty());
                RunData data = new RunData(DataSource.open("faces"), recipe);
                BatchSource.Batches batches =
                        data.batches(model, plan, Path.of("")).open(0, 0)) {
            check.accept(batches.next());
        }
    }

    private static Recipe tiny(String... assignments) {
        List<String> all = new ArrayList<>(
                List.of("data.size=8", "model.width=8", "model.groups=4", "model.multipliers=[1,1]", "train.batch=3"));
        all.addAll(List.of(assignments));
        return recipe(all.toArray(String[]::new));
    }

    /** A vocabulary is found again where a run goes on from another folder. */
    @Test
    void captionsAreWordsOfABatch() {
        Path clip = SharedData.path("clip");
        Path relative = Path.of("").toAbsolutePath().relativize(clip);
        Recipe recipe = tiny("data.tokenizer=" + relative);
        assertThat(recipe.data().tokenizer()).isEqualTo(clip.toString());
        withBatch(recipe, batch -> {
            assertThat(batch.conditions()).hasSize(3).allSatisfy(condition -> assertThat(condition.words())
                    .isPresent());
        });
    }

    @Test
    void aVocabularyThatIsNoneIsRefused() {
        assertThatThrownBy(() -> withBatch(tiny("data.tokenizer=nowhere"), batch -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> withBatch(tiny("data.tokenizer=nowhere", "data.captions=false"), batch -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "data.tokenizer makes ids of captions, and faces has none here (data.captions=false)");
    }

    @Test
    void captionsTravelUnlessTheRecipeLeavesThemOut() {
        onFaces(
                "data.captions=true",
                data -> assertThat(data.examples(2).captions()).hasSize(2).doesNotContain(""));
        onFaces("data.captions=false", data -> assertThat(data.examples(2).captions())
                .containsExactly("", ""));
    }

    /** A set may be sorted: some of it come from all over it. */
    @Test
    void someAreFromAllOverTheSet() {
        onFaces("data.captions=false", data -> {
            List<Pixels> all = data.spread(Integer.MAX_VALUE).pictures();
            assertThat(all).hasSize(900);
            assertThat(data.spread(4).pictures())
                    .isEqualTo(List.of(all.get(0), all.get(225), all.get(450), all.get(675)));
        });
    }

    @Test
    void manySmallPicturesTellTheScaleOfTheCodes() {
        assertThat(RunListeners.scalePictures(new PictureForm(3, 64, PixelRange.SYMMETRIC)))
                .isEqualTo(341);
        assertThat(RunListeners.scalePictures(new PictureForm(3, 512, PixelRange.SYMMETRIC)))
                .isEqualTo(16);
    }

    @Test
    void picturesThatAreScaledUpALotAreATrial() {
        onFaces("data.size=256", data -> assertThat(data.notes())
                .anyMatch(note -> note.startsWith("This is a trial: pictures of 64×64 are scaled up to 256×256")));
        onFaces("data.size=128", data -> assertThat(data.notes()).noneMatch(note -> note.contains("trial")));
    }
}
