package io.inkstone.bench;

import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Multiplications;
import io.inkstone.layers.NearestUpsample;
import io.inkstone.layers.SelfAttention;
import io.inkstone.layers.Watch;
import io.inkstone.models.Model;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * A convolution or matrix product of a network.
 *
 * @param kind which of them
 * @param input shape of what goes in
 * @param weight shape of the weight; of a batched product the second factor's
 * @param output shape of what comes out
 * @param first its input is the picture, of which no gradient is needed
 * @param operations multiplications and additions of one forward pass
 */
record Product(
        Kind kind, List<Long> input, List<Long> weight, List<Long> output, boolean first, double operations) {
    enum Kind {
        CONVOLUTION,
        TRANSPOSED,
        LINEAR,
        BATCHED
    }

    /** One with the dotted name of its layer. */
    record Named(String layer, Product product) {}

    /** All of one pass through {@code model}, which may be on the meta device. */
    static List<Named> of(Model model, int batch) {
        return of(model.network(), 1, () -> {
            model.pass(model.inputShape(batch));
            return null;
        });
    }

    /**
     * All of one pass.
     *
     * @param heads of the network's {@code to_q} and {@code to_k}
     */
    static List<Named> of(Layer network, int heads, Supplier<Tensor> pass) {
        Collector collector = new Collector(network, heads);
        try (Scope scope = Scope.open()) {
            Watch.during(collector, pass);
        }
        return collector.found;
    }

    long[] stride() {
        boolean up = kind == Kind.TRANSPOSED;
        long small = up ? input.get(2) : output.get(2);
        long large = up ? output.get(2) : input.get(2);
        long stride = small == 1 ? weight.get(2) : Math.round((double) large / small);
        return new long[] {stride, stride};
    }

    /** Rows and columns that the strides and the kernel reach beyond the larger map, halved upwards. */
    long[] padding() {
        long padding = (beyond() + 1) / 2;
        return new long[] {padding, padding};
    }

    long[] outputPadding() {
        long padding = kind == Kind.TRANSPOSED ? 2 * padding()[0] - beyond() : 0;
        return new long[] {padding, padding};
    }

    private long beyond() {
        boolean up = kind == Kind.TRANSPOSED;
        long small = up ? input.get(2) : output.get(2);
        long large = up ? output.get(2) : input.get(2);
        return Math.max(0, (small - 1) * stride()[0] + weight.get(2) - large);
    }

    private static final class Collector implements Watch {
        private static final String QUERY = ".to_q.";
        private static final String KEY = ".to_k.";

        private final List<Named> found = new ArrayList<>();
        private final Map<Layer, String> names = new IdentityHashMap<>();
        private final int heads;
        /** What the pixels were doubled of, until the next layer has passed. */
        private Tensor beforeUpsampling;
        /** Shapes of queries [N, T, C] and keys [N, S, C], by the names of their layers. */
        private final Map<String, List<Long>> looking = new HashMap<>();

        Collector(Layer network, int heads) {
            this.heads = heads;
            name("", network);
        }

        private void name(String prefix, Layer layer) {
            names.put(layer, prefix);
            layer.children().forEach((key, child) -> name(prefix + key + ".", child));
        }

        @Override
        public Tensor around(Layer layer, Tensor input, Supplier<Tensor> forward) {
            Tensor output = forward.get();
            double operations = 2 * Multiplications.of(layer, input, output);
            if (layer instanceof SelfAttention) {
                long tokens = input.size(2) * input.size(3);
                List<Long> features = List.of(input.size(0), tokens, input.size(1));
                List<Long> turned = List.of(input.size(0), input.size(1), tokens);
                List<Long> matrix = List.of(input.size(0), tokens, tokens);
                add(layer, new Product(Kind.BATCHED, features, turned, matrix, false, operations / 2));
                add(layer, new Product(Kind.BATCHED, matrix, features, features, false, operations / 2));
            } else if (layer instanceof Conv2d && beforeUpsampling != null) {
                add(layer, joined(weight(layer).orElseThrow(), beforeUpsampling, output, operations));
            } else if (layer.children().isEmpty()) {
                weight(layer).ifPresent(weight -> add(layer, product(weight, input, output, operations)));
                looks(layer, output);
            }
            beforeUpsampling = layer instanceof NearestUpsample ? input : null;
            return output;
        }

        /** Queries with keys and weights with values, where a layer is told by its name what it makes. */
        private void looks(Layer layer, Tensor output) {
            String name = names.getOrDefault(layer, "");
            if (!name.endsWith(QUERY) && !name.endsWith(KEY)) {
                return;
            }
            String both = name.substring(0, name.length() - QUERY.length());
            looking.put(name, shape(output));
            List<Long> queries = looking.get(both + QUERY);
            List<Long> keys = looking.get(both + KEY);
            if (queries != null && keys != null) {
                long rows = queries.get(0) * heads;
                long channels = queries.get(2) / heads;
                long seen = keys.get(1);
                List<Long> asked = List.of(rows, queries.get(1), channels);
                List<Long> matrix = List.of(rows, queries.get(1), seen);
                double operations = 2.0 * queries.get(1) * seen * queries.get(0) * queries.get(2);
                add(layer, new Product(Kind.BATCHED, asked, List.of(rows, channels, seen), matrix, false, operations));
                add(layer, new Product(Kind.BATCHED, matrix, List.of(rows, seen, channels), asked, false, operations));
            }
        }

        /** A 3×3 convolution of doubled pixels is a transposed one, which needs 16 products where it needs 36. */
        private static Product joined(Tensor weight, Tensor input, Tensor output, double operations) {
            List<Long> kernel = List.of(weight.size(1), weight.size(0), 4L, 4L);
            return new Product(Kind.TRANSPOSED, shape(input), kernel, shape(output), false, operations * 16 / 36);
        }

        private static Optional<Tensor> weight(Layer layer) {
            return layer.parameters().values().stream()
                    .filter(tensor -> tensor.dim() > 1)
                    .findFirst();
        }

        private Product product(Tensor weight, Tensor input, Tensor output, double operations) {
            Kind kind = weight.dim() == 2
                    ? Kind.LINEAR
                    : weight.size(0) == output.size(1) && output.size(2) <= input.size(2)
                            ? Kind.CONVOLUTION
                            : Kind.TRANSPOSED;
            return new Product(kind, shape(input), shape(weight), shape(output), found.isEmpty(), operations);
        }

        private void add(Layer layer, Product product) {
            found.add(new Named(names.getOrDefault(layer, ""), product));
        }

        private static List<Long> shape(Tensor tensor) {
            return java.util.Arrays.stream(tensor.shape()).boxed().toList();
        }
    }
}
