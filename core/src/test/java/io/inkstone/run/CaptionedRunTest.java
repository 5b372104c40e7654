package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.data.SharedData;
import io.inkstone.diffusion.Guidance;
import io.inkstone.models.Generates;
import io.inkstone.models.captioned.CaptionConditions;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.text.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Words into pictures, of pictures and over a tiny autoencoder: dark and bright squares, two captions each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptionedRunTest {
    private Path folder;
    private Path data;
    private Path stage;
    private Path trained;

    @BeforeAll
    void train(@TempDir Path shared) throws IOException {
        folder = shared;
        data = TinyWords.data(Files.createDirectories(folder.resolve("data")));
        stage = TinyRun.train(TinyRun.autoencoder(data), folder.resolve("stage"));
        trained = TinyRun.train(TinyWords.ofPictures(folder, data, "train.epochs=50"), folder.resolve("trained"));
    }

    private Recipe recipe(String... more) {
        return TinyWords.recipe("captioned-diffusion", data, more).withFirstStage(stage.toString());
    }

    @Test
    void goesOnBitForBit() throws IOException {
        Path straight = TinyRun.train(recipe(), folder.resolve("straight"));
        Path stopped = TinyRun.train(recipe(), folder.resolve("stopped"), 6);
        try (TrainingRun run = TinyRun.reopen(stopped)) {
            assertThat(run.trainer().position().step()).isEqualTo(6);
            run.train(List.of());
        }
        CheckpointTensors.assertSame(TinyRun.checkpoint(stopped, 12), TinyRun.checkpoint(straight, 12));
        for (String file : List.of("final.png", "film.png", "animation.gif")) {
            assertThat(straight.resolve("samples").resolve(file)).exists();
        }
    }

    /** "this square is bright" has four words, start and end: one id more than five. */
    @Test
    void saysThatCaptionsAreCut() throws IOException {
        try (TrainingRun run = TinyRun.start(
                TinyWords.ofPictures(folder, data, "model.text.length=5", "preview.prompts=[dark]"),
                folder.resolve("cut"))) {
            assertThat(run.warnings()).anySatisfy(said -> assertThat(said)
                    .contains("more than 5 ids", "their ends are not read", "model.text.length"));
        }
        try (TrainingRun run = TinyRun.start(TinyWords.ofPictures(folder, data), folder.resolve("whole"))) {
            assertThat(run.warnings()).noneMatch(said -> said.contains("are not read"));
        }
    }

    private static double brightness(SavedRun run, String words, double guidance) {
        GenerationRequest request = GenerationRequest.of(8, 1)
                .withConditions(Collections.nCopies(8, Condition.text(words)))
                .withSampling(SamplingOptions.of("ddim", 10).withGuidance(Guidance.of(guidance)));
        return mean(drawn(run, request));
    }

    private static NdArray drawn(SavedRun run, GenerationRequest request) {
        return new Generation(run.generates(), ComputeDevice.CPU, Precision.FLOAT32, 8).pictures(request);
    }

    private static double mean(NdArray pictures) {
        double sum = 0;
        for (float value : pictures.toFloats()) {
            sum += value;
        }
        return sum / pictures.toFloats().length;
    }

    @Test
    void wordsMakeThePicture() {
        try (SavedRun run = SavedRun.open(trained, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            assertThat(run.model().conditions().readsWords()).isTrue();
            assertThat(run.model().classes()).isEmpty();
            double dark = brightness(run, "a dark square", 1);
            double bright = brightness(run, "a bright square", 1);
            assertThat(bright - dark).as("dark %s, bright %s", dark, bright).isGreaterThan(1);
            assertThat(brightness(run, "this square is bright", 2) - brightness(run, "this square is dark", 2))
                    .isGreaterThan(1);
        }
    }

    /** What is avoided is the other end of guidance. */
    @Test
    void leadsAwayFromWords() {
        try (SavedRun run = SavedRun.open(trained, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            GenerationRequest plain = GenerationRequest.of(8, 1)
                    .withSampling(SamplingOptions.of("ddim", 10).withGuidance(Guidance.of(2)));
            double away =
                    mean(drawn(run, plain.withAvoided(Collections.nCopies(8, Condition.text("a bright square")))));
            double awayFromDark =
                    mean(drawn(run, plain.withAvoided(Collections.nCopies(8, Condition.text("a dark square")))));
            assertThat(awayFromDark - away).isGreaterThan(1);
        }
    }

    @Test
    void refusesWhatItCannotRead() {
        try (SavedRun run = SavedRun.open(trained, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Generates model = run.generates();
            assertThatThrownBy(() -> model.conditions().require(Condition.oneOf(0, 2)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("reads words and knows no classes");
            assertThatThrownBy(() -> model.conditions()
                            .require(Condition.text("a square that is as dark as the night and darker still")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContainingAll("and this model reads 6", "leave out \"as the night and darker still\"");
            assertThatThrownBy(() -> model.conditions()
                            .require(new Condition.Text("(dark:1.3)", new Condition.Reading(true, 0))))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("leave out weights of words");
            assertThatThrownBy(() -> model.requirePossible(GenerationRequest.of(2, 0)
                            .withSampling(SamplingOptions.DEFAULT.withGuidance(Guidance.of(3)))))
                    .isInstanceOf(InputException.class)
                    .hasMessageContainingAll("no prompt was given", "or give a prompt");
        }
    }

    /** A tokenizer of one's own goes with the run. */
    @Test
    void keepsItsTokenizer() throws IOException {
        Path out = folder.resolve("own-tokenizer");
        TinyRun.train(
                TinyWords.ofPictures(folder, data, "train.epochs=1", "data.tokenizer=" + SharedData.path("clip")), out);
        assertThat(out.resolve("parts/tokenizer/vocab.json")).exists();
        try (SavedRun run = SavedRun.open(out, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            CaptionConditions conditions = (CaptionConditions) run.model().conditions();
            assertThat(conditions.tokenizer().pieces("a dark square"))
                    .isEqualTo(ClipTokenizer.published().pieces("a dark square"));
        }
        assertThat(trained.resolve("parts")).doesNotExist();
    }

    @Test
    void wantsCaptions() throws IOException {
        Path plain = TinyRun.data(Files.createDirectories(folder.resolve("plain")));
        assertThatThrownBy(() -> TinyRun.start(recipe().withSource(plain.toString()), folder.resolve("none")))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("learns from captions", "has none");
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
