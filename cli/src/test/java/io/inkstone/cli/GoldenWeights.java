package io.inkstone.cli;

import io.inkstone.array.NdArray;
import io.inkstone.golden.Golden;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.unet.ContextUnet;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Weights by the formula of {@link Golden}, as others would hand them over. */
final class GoldenWeights {
    private GoldenWeights() {}

    static Map<String, NdArray> of(Supplier<Layer> network) {
        try (Scope scope = Scope.open();
                Layer filled = Golden.fill(network.get())) {
            return LayerState.of(filled);
        }
    }

    static Map<String, NdArray> unet(int channels, int width, int side, int classes) {
        return of(() -> new ContextUnet(Initializer.empty(), ContextUnet.Shape.of(channels, width, side, classes)));
    }

    /** The published ones have none. */
    static Map<String, NdArray> withoutShortcut(Map<String, NdArray> unet) {
        Map<String, NdArray> rest = new LinkedHashMap<>(unet);
        rest.keySet().removeIf(name -> name.contains("shortcut"));
        return rest;
    }

    /** An autoencoder of two levels under diffusers' names. */
    static Map<String, NdArray> autoencoder() {
        return Golden.listed("diffusers_names.txt");
    }

    /** The autoencoder as diffusers would have written it, a new folder in {@code place}. */
    static Path diffusers(Path place, String config) throws IOException {
        Path folder = Files.createDirectory(place.resolve("theirs"));
        Safetensors.write(folder.resolve("diffusion_pytorch_model.safetensors"), autoencoder(), Map.of("format", "pt"));
        Files.writeString(folder.resolve("config.json"), config);
        return folder;
    }
}
