package io.inkstone.models;

import io.inkstone.layers.Layer;
import io.inkstone.layers.Watch;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * What a network is made of.
 *
 * @param parameters every trained tensor in registration order
 * @param blocks the top-level blocks in the order in which they run
 */
public record Listing(List<Parameter> parameters, List<Block> blocks) {
    /** A trained tensor. */
    public record Parameter(String name, List<Long> shape, long count) {}

    /** One pass through a top-level block: its (first) input and its output. */
    public record Block(String name, List<Long> input, List<Long> output) {}

    /** All trained values. */
    public long total() {
        return parameters.stream().mapToLong(Parameter::count).sum();
    }

    /**
     * Lists {@code model}.
     *
     * @param inputShape of the network's main input
     */
    public static Listing of(Model model, long... inputShape) {
        List<Parameter> parameters = new ArrayList<>();
        model.network()
                .parameters()
                .forEach((name, tensor) -> parameters.add(new Parameter(name, list(tensor.shape()), tensor.numel())));
        Blocks watch = new Blocks(model.network());
        try (Scope scope = Scope.open()) {
            Watch.during(
                    watch,
                    () -> Layer.evaluating(() -> {
                        model.pass(inputShape);
                        return null;
                    }));
        }
        return new Listing(parameters, watch.blocks);
    }

    private static List<Long> list(long[] shape) {
        return java.util.Arrays.stream(shape).boxed().toList();
    }

    /** Notes the passes of the network's direct children. */
    private static final class Blocks implements Watch {
        private final Map<Layer, String> names = new IdentityHashMap<>();
        private final List<Block> blocks = new ArrayList<>();

        Blocks(Layer network) {
            network.children().forEach((name, layer) -> names.put(layer, name));
        }

        @Override
        public Tensor around(Layer layer, Tensor input, Supplier<Tensor> forward) {
            Tensor output = forward.get();
            String name = names.get(layer);
            if (name != null) {
                blocks.add(new Block(name, list(input.shape()), list(output.shape())));
            }
            return output;
        }
    }
}
