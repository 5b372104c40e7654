package io.inkstone.golden;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npz;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.UnconditionalConfig;
import io.inkstone.models.stable.FormulaWeights;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code make_unconditional.py} computed: small networks of {@code UNet2DModel}, and pictures by pipelines around one. */
public final class UnconditionalReference {
    private static final int NOISE = 6000;
    private final Map<String, NdArray> arrays;

    public UnconditionalReference() {
        try {
            arrays = Npz.read(file("unconditional.npz"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path file(String name) {
        try {
            return Path.of(Golden.class.getResource("unconditional/" + name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public NdArray array(String name) {
        return arrays.get(name);
    }

    /** The text of a network's {@code config.json}: heads or single. */
    public static String config(String name) {
        // By a stream: other modules read it from a jar.
        try (InputStream text = Golden.class.getResourceAsStream("unconditional/" + name + ".json")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The weights of a network. */
    public static Map<String, NdArray> weights(String name) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                ConditionalUnet unet = new ConditionalUnet(
                        io.inkstone.layers.Initializer.shapesOnly(),
                        UnconditionalConfig.parse(config(name)).shape())) {
            Map<String, NdArray> weights = new LinkedHashMap<>();
            long[] number = {0};
            unet.state().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
                long[] shape = entry.getValue().shape();
                weights.put(
                        entry.getKey(), NdArray.of(FormulaWeights.values(entry.getKey(), number[0]++, shape), shape));
            });
            return weights;
        }
    }

    /** The noise that a drawing takes as its {@code count}-th, the start being that of 0. */
    public static float[] noise(int count, long... shape) {
        return FormulaWeights.numbers(NOISE + count, Math.sqrt(3), shape);
    }

    /** The noisy pictures that the networks answer for. */
    public static float[] noisy(long... shape) {
        return FormulaWeights.numbers(5000, 1, shape);
    }

    /** Writes the folder of a pipeline as diffusers does. */
    public static Path save(Path folder, String pipeline, String scheduler) throws IOException {
        Path unet = Files.createDirectories(folder.resolve("unet"));
        Files.writeString(
                folder.resolve("model_index.json"),
                """
                {"_class_name": "%s", "_diffusers_version": "0.42.1", "scheduler": ["diffusers", "%s"],
                 "unet": ["diffusers", "UNet2DModel"]}"""
                        .replaceFirst("%s", pipeline)
                        .replaceFirst("%s", scheduler));
        Files.writeString(
                Files.createDirectories(folder.resolve("scheduler")).resolve("scheduler_config.json"),
                """
                {"_class_name": "%s", "_diffusers_version": "0.42.1", "num_train_timesteps": 1000}"""
                        .replaceFirst("%s", scheduler));
        Files.writeString(unet.resolve("config.json"), config("heads"));
        Safetensors.write(
                unet.resolve("diffusion_pytorch_model.safetensors"), weights("heads"), Map.of("format", "pt"));
        return folder;
    }

    /** The largest difference as a share of the largest value. */
    public static double error(float[] got, NdArray reference) {
        float[] wanted = reference.toFloats();
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            difference = Math.max(difference, Math.abs(wanted[i] - got[i]));
        }
        return got.length == wanted.length ? difference / largest : Double.NaN;
    }
}
