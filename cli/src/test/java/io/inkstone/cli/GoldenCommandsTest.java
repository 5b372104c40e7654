package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.golden.Golden;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.dnn.LatentGenerator;
import io.inkstone.models.unet.ContextUnet;
import io.inkstone.models.vae.VaeNetwork;
import io.inkstone.models.vae.VaeSettings;
import io.inkstone.models.vae.VaeShape;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reference numbers of PyTorch and diffusers, reached through the commands alone: import a weight file, then sample,
 * encode, decode, reconstruct.
 */
class GoldenCommandsTest {
    @TempDir
    Path folder;

    private Path weights(Supplier<Layer> network) throws IOException {
        Path file = folder.resolve("theirs.safetensors");
        Safetensors.write(file, GoldenWeights.of(network), Map.of());
        return file;
    }

    private Path reference(String name) throws IOException {
        Path file = folder.resolve(name + ".npy");
        Npy.write(file, Golden.array(name));
        return file;
    }

    private Path array(String name) {
        return folder.resolve(name);
    }

    @Test
    void contextUnet() throws IOException {
        Path run = folder.resolve("run");
        Path file = weights(() -> new ContextUnet(Initializer.empty(), ContextUnet.Shape.of(3, 64, 16, 5)));
        Terminal made = Terminal.run("import", file, "--recipe", "sprites", "--out", run)
                .succeeded();
        assertThat(made.lastLine()).isEqualTo(run.toString());
        Path out = array("out.npy");
        Terminal.run(
                        "sample",
                        run,
                        "--sampler",
                        "ddim",
                        "--steps",
                        20,
                        "--noise",
                        reference("unet_noise"),
                        "--context",
                        reference("unet_context"),
                        "--precision",
                        "float32",
                        "--out",
                        out)
                .succeeded();
        Golden.assertMatches(Npy.read(out), "ddim20_sample", 2e-4);
    }

    @Test
    void dnn() throws IOException {
        Path run = folder.resolve("run");
        Path file = weights(() -> new LatentGenerator(Initializer.empty(), new LatentGenerator.Shape(62, 10, 1, 28)));
        Terminal.run("import", file, "--recipe", "mnist-dnn", "--out", run).succeeded();
        NdArray input = Golden.array("dnn_input");
        int count = (int) input.shape()[0];
        float[] latents = new float[count * 62];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(input.toFloats(), i * 72, latents, i * 62, 62);
            float[] row = Arrays.copyOfRange(input.toFloats(), i * 72 + 62, (i + 1) * 72);
            labels[i] =
                    IntStream.range(0, 10).filter(k -> row[k] == 1).findFirst().orElseThrow();
        }
        Npy.write(array("z.npy"), NdArray.of(latents, count, 62));
        Path out = array("out.npy");
        Terminal.run(
                        "sample",
                        run,
                        "--latents",
                        array("z.npy"),
                        "--labels",
                        Arrays.stream(labels).mapToObj(String::valueOf).collect(Collectors.joining(",")),
                        "--precision",
                        "float32",
                        "--out",
                        out)
                .succeeded();
        Golden.assertMatches(Npy.read(out), "dnn_output", 5e-5);
    }

    @Test
    void vae() throws IOException {
        Path run = folder.resolve("run");
        VaeShape shape = new VaeShape(3, 64, List.of(16, 32, 64, 128, 256), 128, 0, VaeSettings.Output.RELU);
        Path file = weights(() -> new VaeNetwork(Initializer.empty(), shape));
        Terminal.run("import", file, "--recipe", "celeba-vae", "--set", "model.output=relu", "--out", run)
                .succeeded();
        Path out = array("out.npy");
        Path pictures = reference("vae_input");
        Terminal.run("reconstruct", run, "--images", pictures, "--precision", "float32", "--out", out)
                .succeeded();
        Golden.assertMatches(Npy.read(out), "vae_reconstruction", 5e-5);
        Terminal.run("encode", run, "--images", pictures, "--precision", "float32", "--out", out)
                .succeeded();
        Golden.assertMatches(Npy.read(out), "vae_mean", 5e-5);
    }

    /** Weights under diffusers' names; codes and pictures computed by diffusers (make_diffusers_reference.py). */
    @Test
    void diffusersAutoencoder() throws IOException {
        Path run = folder.resolve("run");
        Path theirs = GoldenWeights.diffusers(
                folder,
                "{\"norm_num_groups\": 32, \"act_fn\": \"silu\", \"scaling_factor\": 0.25, \"shift_factor\": null}");
        Terminal made = Terminal.run(
                        "import", theirs, "--recipe", "faces-autoencoder", "--set", "data.size=16", "--out", run)
                .succeeded();
        assertThat(made.err()).contains("model.multipliers=[1,2]");
        assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("size: 16");
        Path moments = array("moments.npy");
        Terminal.run(
                        "encode",
                        run,
                        "--images",
                        reference("diffusers_input"),
                        "--moments",
                        "--precision",
                        "float32",
                        "--out",
                        moments)
                .succeeded();
        Golden.assertMatches(Npy.read(moments), "diffusers_moments", 1e-4);
        Path out = array("out.npy");
        Terminal.run(
                        "reconstruct",
                        run,
                        "--images",
                        reference("diffusers_input"),
                        "--precision",
                        "float32",
                        "--out",
                        out)
                .succeeded();
        Golden.assertMatches(Npy.read(out), "diffusers_reconstruction", 1e-4);
        Terminal scaled = Terminal.run(
                        "encode", run, "--images", reference("diffusers_input"), "--scaled", "--json", "--out", out)
                .succeeded();
        assertThat(scaled.out()).contains("\"scale\":0.25");
    }
}
