package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.layers.Initializer;
import io.inkstone.models.dnn.LatentGenerator;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of others become runs. */
class ImportTest {
    @TempDir
    Path folder;

    private Path run;
    private Path file;

    @BeforeEach
    void places() {
        run = folder.resolve("run");
        file = folder.resolve("weights.safetensors");
    }

    private String recipe() throws IOException {
        return Files.readString(run.resolve("recipe.yaml"));
    }

    private Map<String, NdArray> imported() throws IOException {
        return WeightFile.read(run.resolve("checkpoints/step-000000/weights.safetensors"))
                .tensors();
    }

    private void nothingWritten() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains("run"));
        }
    }

    @Test
    void takesFromTheFileWhatShapesDetermine() throws IOException {
        Safetensors.write(file, GoldenWeights.unet(1, 8, 28, 7), Map.of());
        Terminal made = Terminal.run("import", file, "--recipe", "sprites", "--set", "model.pool=4", "--out", run)
                .succeeded();
        assertThat(made.err()).contains("model.width=8", "data.size=28", "data.channels=1");
        assertThat(recipe()).contains("width: 8", "size: 28", "channels: 1", "pool: 4");
        assertThat(imported()).isEqualTo(GoldenWeights.unet(1, 8, 28, 7));
        Terminal.run("describe", run).succeeded();
    }

    @Test
    void drawsButDoesNotResume() throws IOException {
        TinyRuns.imported(folder, GoldenWeights.unet(3, 8, 16, 5), "sprites");
        Path sheet = folder.resolve("sheet.png");
        Terminal.run("sample", run, "--count", 2, "--steps", 2, "--labels", "hat,0", "--out", sheet)
                .succeeded();
        Terminal.run("sample", run, "--count", 2, "--steps", 2, "--labels", "1,0", "--out", sheet)
                .succeeded();
        assertThat(sheet).exists();
        Terminal resumed = Terminal.run("resume", run);
        assertThat(resumed.exit()).isEqualTo(1);
        assertThat(resumed.err()).contains("imported weights", "--from " + run);
    }

    @Test
    void aMissingShortcutIsExplained() throws IOException {
        Safetensors.write(file, GoldenWeights.withoutShortcut(GoldenWeights.unet(3, 8, 16, 5)), Map.of());
        Terminal.run("import", file, "--recipe", "sprites", "--out", run)
                .failed(1, "init_conv.shortcut", "--missing-shortcut zero", "random");
        nothingWritten();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero", "random"})
    void aMissingShortcutIsReplaced(String choice) throws IOException {
        Safetensors.write(file, GoldenWeights.withoutShortcut(GoldenWeights.unet(3, 8, 16, 5)), Map.of());
        Terminal made = Terminal.run("import", file, "--recipe", "sprites", "--missing-shortcut", choice, "--out", run)
                .succeeded();
        assertThat(made.err()).contains("init_conv.shortcut was not in the file");
        float[] shortcut = imported().get("init_conv.shortcut.weight").toFloats();
        double bound = 1 / Math.sqrt(3); // PyTorch's default for 3 inputs
        boolean zero = choice.equals("zero");
        for (float value : shortcut) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo((float) (zero ? 0 : bound));
        }
        assertThat(shortcut).hasSize(24).satisfies(values -> assertThat(values[0] == 0)
                .isEqualTo(zero));
    }

    @Test
    void theClassesOfADnnComeFromTheRecipe() throws IOException {
        Map<String, NdArray> weights = GoldenWeights.of(
                () -> new LatentGenerator(Initializer.empty(), new LatentGenerator.Shape(10, 3, 1, 16)));
        Safetensors.write(file, weights, Map.of());
        Terminal.run("import", file, "--recipe", "mnist-dnn", "--set", "data.classes=[a,b,c]", "--out", run)
                .succeeded();
        assertThat(recipe()).contains("latent: 10", "size: 16");
        Terminal.run("import", file, "--recipe", "mnist-dnn-unconditional", "--out", folder.resolve("run2"))
                .succeeded();
        assertThat(Files.readString(folder.resolve("run2/recipe.yaml"))).contains("latent: 13");
    }

    @Test
    void whatDoesNotFitIsNamedAtOnce() throws IOException {
        Map<String, NdArray> wrong = new LinkedHashMap<>(GoldenWeights.unet(3, 8, 16, 5));
        wrong.remove("down1.model.0.conv1.0.bias");
        wrong.put("down1.model.0.conv1.0.bais", NdArray.of(new float[8], 8));
        wrong.put("out.3.bias", NdArray.of(new float[4], 4));
        Safetensors.write(file, wrong, Map.of());
        Terminal.run("import", file, "--recipe", "sprites", "--out", run)
                .failed(
                        1,
                        "1 missing",
                        "1 unexpected",
                        "1 of another shape",
                        "the file has down1.model.0.conv1.0.bais");
        nothingWritten();
    }

    @Test
    void badInputIsOneSentence() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no weights at all, only words");
        Terminal.run("import", text, "--recipe", "sprites", "--out", run).failed(1, "notes.txt", "safetensors");
        Terminal.run("import", folder.resolve("gone.pth"), "--recipe", "sprites", "--out", run)
                .failed(1, "There are no weights at");
        Terminal.run("import", text, "--recipe", "spirtes", "--out", run).failed(2, "'spirtes'", "sprites");
        Terminal.run("import", text, "--recipe", "sprites").failed(2, "--out");
        Safetensors.write(file, GoldenWeights.unet(3, 8, 16, 5), Map.of());
        Terminal.run("import", file, "--recipe", "mnist-dnn", "--out", run)
                .failed(1, "not the weights of a 'dnn' network", "'diffusion'");
        Terminal.run("import", file, "--recipe", "sprites", "--missing-shortcut", "one", "--out", run)
                .failed(2, "'one'", "zero, random");
        nothingWritten();
    }

    @Test
    void existingAndUnwritablePlacesAreRefused() throws IOException {
        Safetensors.write(file, GoldenWeights.unet(3, 8, 16, 5), Map.of());
        Files.createDirectories(run.resolve("something"));
        Terminal.run("import", file, "--recipe", "sprites", "--out", run).failed(1, "exists already");
        Terminal.run("import", file, "--recipe", "sprites", "--out", file.resolve("run"))
                .failed(1, "cannot be written", "no folder");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Terminal.run("import", file, "--recipe", "sprites", "--out", empty).succeeded();
        assertThat(empty.resolve("recipe.yaml")).exists();
    }

    @Test
    void configurationsThatWouldComputeSomethingElseAreRefused() throws IOException {
        Path theirs = GoldenWeights.diffusers(folder, "{\"act_fn\": \"gelu\"}");
        Terminal.run("import", theirs, "--recipe", "faces-autoencoder", "--out", run)
                .failed(1, "act_fn 'gelu'", "silu");
        Path config = theirs.resolve("config.json");
        Files.writeString(config, "{\"scaling_factor\": 0}");
        Terminal.run("import", theirs, "--recipe", "faces-autoencoder", "--out", run)
                .failed(1, "scaling_factor 0.0");
        Files.writeString(config, "no JSON");
        Terminal.run("import", theirs, "--recipe", "faces-autoencoder", "--out", run)
                .failed(1, "config.json is not JSON");
        nothingWritten();
    }
}
