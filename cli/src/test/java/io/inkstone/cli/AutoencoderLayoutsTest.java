package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The autoencoder under the names of others, and with what they write beside its weights. */
class AutoencoderLayoutsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"inkstone", "compvis", "diffusers"})
    void leavesAndComesBackInEveryLayout(String layout) throws IOException {
        Map<String, NdArray> weights = GoldenWeights.autoencoder();
        Path run = TinyRuns.imported(folder, weights, "faces-autoencoder");
        Path out = folder.resolve("out.safetensors");
        Terminal.run("export", run, "--layout", layout, "--out", out).succeeded();
        Terminal.run("import", out, "--recipe", "faces-autoencoder", "--out", folder.resolve("run2"))
                .succeeded();
        Terminal.run("export", folder.resolve("run2"), "--layout", "diffusers", "--out", folder.resolve("theirs"))
                .succeeded();
        assertThat(WeightFile.read(folder.resolve("theirs")).tensors()).isEqualTo(weights);
        assertThat(folder.resolve("theirs/config.json")).content().contains("\"norm_num_groups\" : 32");
    }

    @Test
    void groupsOfNormsComeFromTheConfiguration() throws IOException {
        Path theirs = GoldenWeights.diffusers(folder, "{\"norm_num_groups\": 16}");
        Path run = folder.resolve("run");
        Terminal.run("import", theirs, "--recipe", "faces-autoencoder", "--out", run)
                .succeeded();
        assertThat(run.resolve("recipe.yaml")).content().contains("groups: 16");
        Terminal.run("export", run, "--layout", "diffusers", "--out", folder.resolve("back"))
                .succeeded();
        assertThat(folder.resolve("back/config.json")).content().contains("\"norm_num_groups\" : 16");
    }

    /** The small recipe normalises in 8 groups, everybody else in 32. */
    @Test
    void groupsOfNormsTravelWithOurExports() throws IOException {
        Path run = TinyRuns.imported(folder, GoldenWeights.autoencoder(), "faces-autoencoder");
        assertThat(run.resolve("recipe.yaml")).content().contains("groups: 32");
        Path ours = folder.resolve("ours.safetensors");
        Terminal.run("export", run, "--out", ours).succeeded();
        Terminal.run("import", ours, "--recipe", "faces-autoencoder", "--out", folder.resolve("run2"))
                .succeeded();
        assertThat(folder.resolve("run2/recipe.yaml")).content().contains("groups: 32");
        Safetensors.write(ours, WeightFile.read(ours).tensors(), Map.of());
        Terminal.run("import", ours, "--recipe", "faces-autoencoder", "--out", folder.resolve("run3"))
                .succeeded();
        assertThat(folder.resolve("run3/recipe.yaml")).content().contains("groups: 8");
    }
}
