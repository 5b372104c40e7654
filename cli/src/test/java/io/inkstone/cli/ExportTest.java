package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs become weights for others. */
class ExportTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"out.safetensors", "out.pth"})
    void exportsWhatItImported(String name) throws IOException {
        Map<String, NdArray> weights = GoldenWeights.unet(3, 8, 16, 5);
        Path run = TinyRuns.imported(folder, weights, "sprites");
        Path out = folder.resolve(name);
        assertThat(Terminal.run("export", run, "--out", out).succeeded().lastLine())
                .isEqualTo(out.toString());
        WeightSet back = WeightFile.read(out);
        long norms = weights.keySet().stream()
                .filter(key -> key.endsWith("running_var"))
                .count();
        assertThat(back.tensors()).containsAllEntriesOf(weights).hasSize((int) (weights.size() + norms));
        NdArray counter = back.tensors().get("init_conv.conv1.1.num_batches_tracked");
        assertThat(counter).isEqualTo(NdArray.of(new long[] {0}));
        if (name.endsWith(".safetensors")) {
            assertThat(back.metadata()).containsKeys("format", "recipe", "inkstone", "step");
        }
        Terminal.run("import", out, "--recipe", "sprites", "--out", folder.resolve("run2"))
                .succeeded();
    }

    @Test
    void otherLayoutsEndingsAndPlacesAreRefused() throws IOException {
        Path run = TinyRuns.imported(folder, GoldenWeights.unet(3, 8, 16, 5), "sprites");
        Path out = folder.resolve("out.safetensors");
        Terminal.run("export", run, "--layout", "compvis", "--out", out).failed(1, "Only the autoencoder");
        Terminal.run("export", run, "--layout", "keras", "--out", out).failed(2, "inkstone, compvis, diffusers");
        Terminal.run("export", run, "--out", folder.resolve("out.onnx")).failed(1, ".safetensors, .pth");
        Terminal.run("export", folder.resolve("gone"), "--out", out).failed(1, "no run directory");
        Terminal.run("export", run, "--out", run.resolve("recipe.yaml/x.safetensors"))
                .failed(1, "Could not write");
        assertThat(out).doesNotExist();
    }
}
