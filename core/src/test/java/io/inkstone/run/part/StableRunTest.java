package io.inkstone.run.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.Guidance;
import io.inkstone.examples.WordsToPicture;
import io.inkstone.image.PictureFile;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.stable.PublishedCase;
import io.inkstone.models.stable.StableModel;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StableRunTest {
    @TempDir
    Path folder;

    /** The case's pictures, asked for as everything else asks a model. */
    private static GenerationRequest request(PublishedCase published) {
        JsonNode settings = published.settings();
        Condition wanted = Condition.text(settings.get("prompt").asText());
        Condition avoided = Condition.text(settings.get("negative").asText());
        return GenerationRequest.of(2, 7)
                .withConditions(List.of(wanted, wanted))
                .withAvoided(List.of(avoided, avoided))
                .withSize(new io.inkstone.image.Size(
                        settings.get("height").asInt(), settings.get("width").asInt()))
                .withStart(published.array("noise"))
                .withSampling(SamplingOptions.of(
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.of(settings.get("steps").asInt()))
                        .withGuidance(Guidance.of(settings.get("guidance").asDouble())));
    }

    private static void assertDrawsTheReference(Path place, PublishedCase published) {
        try (SavedRun run = SavedRun.open(place, SavedRun.Weights.EMA, ComputeDevice.CPU);
                Scope scope = Scope.open()) {
            Generates model = run.generates();
            NdArray pictures =
                    new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 2).pictures(request(published));
            published.assertMatches(Tensors.of(pictures), "pictures", 1e-3);
        }
    }

    private Path imported(Path from, String name) throws IOException {
        Path out = folder.resolve(name);
        try (StableImport given = StableImport.of(from, StableImport.shipped(), NamePrefixes.Which.UNSAID)) {
            given.save(out, "a folder", ComputeDevice.CPU);
        }
        return out;
    }

    /** A folder is drawn from as it is, as a run made of it, and as the folder that the run is exported as. */
    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2v"})
    void drawsTheReferencePicturesWhereverItLies(String name) throws IOException {
        PublishedCase published = PublishedCase.named(name);
        Path theirs = published.save(Files.createDirectory(folder.resolve("theirs")));
        assertDrawsTheReference(theirs, published);
        Path run = imported(theirs, "run");
        assertDrawsTheReference(run, published);
        Path exported = folder.resolve("exported");
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            new StableExport(saved).write(exported);
        }
        assertDrawsTheReference(exported, published);
        assertThat(Parts.of(run).parts())
                .extracting(Parts.Part::name, Parts.Part::kind)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("text_encoder", "CLIPTextModel"),
                        org.assertj.core.groups.Tuple.tuple("vae", "AutoencoderKL"));
    }

    /** The example of the documentation. */
    @Test
    void drawsAWishInTheStudio() throws IOException {
        PublishedCase published = PublishedCase.named("sd1");
        Path theirs = published.save(Files.createDirectory(folder.resolve("theirs")));
        Path file = WordsToPicture.draw(theirs, "a fox", new io.inkstone.image.Size(16, 24), folder.resolve("fox.png"));
        assertThat(PictureFile.read(file).width()).isEqualTo(24);
    }

    @Test
    void resolvesWhatTheFolderSays() throws IOException {
        PublishedCase published = PublishedCase.named("sd1");
        Path theirs = published.save(Files.createDirectory(folder.resolve("theirs")));
        assertThatThrownBy(() ->
                        SavedRun.open(theirs, Optional.of("step-000001"), SavedRun.Weights.EMA, ComputeDevice.CPU))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "is no run: it has one set of weights and no checkpoints. Leave the checkpoint out.");
        assertThatThrownBy(() -> SavedRun.open(theirs, SavedRun.Weights.BEST, ComputeDevice.CPU))
                .hasMessageEndingWith("Leave the choice of weights out.");
        try (SavedRun run = SavedRun.open(theirs, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            SamplingOptions resolved = run.generates().resolved(SamplingOptions.DEFAULT);
            assertThat(resolved.sampler()).contains("plms");
            assertThat(resolved.steps()).hasValue(50);
            assertThat(run.isRun()).isFalse();
            StableModel model = (StableModel) run.model();
            assertThatThrownBy(() -> model.requirePossible(
                            GenerationRequest.of(1, 0).withAvoided(List.of(Condition.text("blurry")))))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("a weight of 1 is none");
            assertThatThrownBy(() -> model.requirePossible(
                            GenerationRequest.of(1, 0).withConditions(List.of(Condition.classes(1, 0)))))
                    .hasMessageContaining("reads words");
        }
    }

    /** Half floats stay what they are, on the disk and in memory. */
    @Test
    void keepsTheTypeOfTheWeights() throws IOException {
        PublishedCase published = PublishedCase.named("sd1");
        Path theirs = published.save(Files.createDirectory(folder.resolve("theirs")));
        for (String part : List.of("unet", "vae", "text_encoder")) {
            halve(theirs.resolve(part));
        }
        Path run = imported(theirs, "run");
        Path vae = run.resolve("parts/vae/diffusion_pytorch_model.safetensors");
        assertThat(WeightFile.read(vae).tensors().values()).allMatch(each -> each.type() == DType.FLOAT16);
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            assertThat(WeightFile.read(saved.file()).tensors().values()).allMatch(each -> each.type() == DType.FLOAT16);
            assertThat(saved.model().network().state().values())
                    .allMatch(each -> each.scalar_type().intern() == org.bytedeco.pytorch.global.torch.ScalarType.Half);
            NdArray drawn = new Generation(saved.generates(), ComputeDevice.CPU, Precision.FLOAT32, 2)
                    .pictures(request(published));
            try (Scope scope = Scope.open()) {
                published.assertMatches(Tensors.of(drawn), "pictures", 0.05);
            }
        }
    }

    private static void halve(Path part) throws IOException {
        try (var files = Files.list(part)) {
            Path file = files.filter(each -> each.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
            java.util.Map<String, NdArray> halves = new java.util.TreeMap<>();
            try (Scope scope = Scope.open()) {
                WeightFile.read(file).tensors().forEach((name, array) -> halves.put(name, half(array)));
            }
            io.inkstone.weights.Safetensors.write(file, halves, java.util.Map.of());
        }
    }

    private static NdArray half(NdArray array) {
        float[] values = array.toFloats();
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(2 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(half(value));
        }
        return new NdArray(DType.FLOAT16, array.shape(), bytes.flip());
    }

    /** Cut to ten bits of fraction; too small becomes 0. */
    private static short half(float value) {
        int bits = Float.floatToIntBits(value);
        int exponent = (bits >> 23 & 0xff) - 127 + 15;
        int sign = bits >> 16 & 0x8000;
        return (short) (exponent <= 0 ? sign : sign | exponent << 10 | bits >> 13 & 0x3ff);
    }
}
