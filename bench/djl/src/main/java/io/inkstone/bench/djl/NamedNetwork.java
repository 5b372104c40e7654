package io.inkstone.bench.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A network and the published names of its layers that have parameters, in order. */
record NamedNetwork(Block block, List<String> layers) {
    private static final Map<String, String> NAMES = Map.of(
            "weight", "weight",
            "bias", "bias",
            "gamma", "weight",
            "beta", "bias",
            "runningMean", "running_mean",
            "runningVar", "running_var");

    /** Gives it the weights of a file. */
    void fill(Arrays weights) {
        List<Block> leaves = new ArrayList<>();
        collect(block, leaves);
        if (leaves.size() != layers.size()) {
            throw new IllegalStateException(
                    "The network has %d layers with parameters, %d are named.".formatted(leaves.size(), layers.size()));
        }
        for (int i = 0; i < leaves.size(); i++) {
            for (var parameter : leaves.get(i).getDirectParameters()) {
                Parameter value = parameter.getValue();
                Arrays.Entry entry = weights.get(layers.get(i) + "." + NAMES.get(value.getName()));
                boolean turns = leaves.get(i) instanceof Doubling && value.getType() == Parameter.Type.WEIGHT;
                if (value.getArray().getShape().size() != entry.values().capacity()) {
                    throw new IllegalStateException("%s has shape %s, the file has %s."
                            .formatted(layers.get(i), value.getArray().getShape(), new Shape(entry.shape())));
                }
                value.getArray().set(turns ? Doubling.turned(entry) : entry.values().duplicate());
            }
        }
    }

    private static void collect(Block block, List<Block> leaves) {
        if (!block.getDirectParameters().isEmpty()) {
            leaves.add(block);
        }
        block.getChildren().values().forEach(child -> collect(child, leaves));
    }
}
