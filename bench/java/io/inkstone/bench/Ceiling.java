package io.inkstone.bench;

import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The time of a row's convolutions and matrix products run alone, one after another, in the type that the processor
 * multiplies fastest, channels last: what is left of the row if everything else cost nothing.
 */
final class Ceiling {
    private static final long[] ONE = {1, 1};

    private final Row row;
    private final Recipe recipe;
    private final ScalarType type;
    private final Map<String, List<Times>> turns = new HashMap<>();

    /** Milliseconds of the three products that training needs of one. */
    private record Times(double forward, double inputGradient, double weightGradient, double operations) {
        private static final Times NONE = new Times(0, 0, 0, 0);

        Times plus(Times other) {
            return new Times(
                    forward + other.forward,
                    inputGradient + other.inputGradient,
                    weightGradient + other.weightGradient,
                    operations + other.operations);
        }

        Times times(int count) {
            return new Times(
                    count * forward, count * inputGradient, count * weightGradient, count * operations);
        }

        double[] parts() {
            return new double[] {forward, inputGradient, weightGradient, operations / 1e9};
        }
    }

    private Ceiling(Row row, Recipe recipe) {
        this.row = row;
        this.recipe = recipe;
        type = Precision.AUTO.on(ComputeDevice.CPU) == Precision.BFLOAT16 ? ScalarType.BFloat16 : ScalarType.Float;
    }

    static Ceiling of(Row row) {
        return new Ceiling(row, row.kind().equals(Row.STABLE) ? null : Prepared.recipe(row));
    }

    void hold() throws IOException {
        Map<String, double[]> results = new TreeMap<>();
        Conversation conversation = new Conversation("products alone");
        for (String task : row.tasks()) {
            conversation.task(
                    task,
                    times -> IntStream.range(0, times)
                            .mapToDouble(i -> milliseconds(task, results))
                            .toArray(),
                    times -> new double[] {0});
        }
        conversation.hold(results);
    }

    private double milliseconds(String task, Map<String, double[]> results) {
        Times sum;
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            sum = recipe == null ? ofStable() : ofModel(task);
        }
        double passes = task.equals("ddim") ? 20 : task.equals("ddpm") ? 500 : 1;
        List<Times> all = turns.computeIfAbsent(task, first -> new ArrayList<>());
        all.add(sum);
        results.put(task, middle(all));
        return passes * (sum.forward + sum.inputGradient + sum.weightGradient);
    }

    private Times ofModel(String task) {
        boolean training = task.equals("step");
        Map<Product, Times> known = new HashMap<>();
        int batch =
                row.kind().equals("sample") ? Prepared.SPRITES : recipe.train().batch();
        Times sum = Times.NONE;
        try (Model model = recipe.build(Initializer.shapesOnly())) {
            for (Product.Named each : Product.of(model, batch)) {
                if (!row.kind().equals("code")
                        || each.layer().startsWith(task)) { // encode is in encoder, decode in decoder
                    sum = sum.plus(known.computeIfAbsent(each.product(), product -> timed(product, training)));
                }
            }
        }
        return sum;
    }

    private Times ofStable() {
        Times sum = Times.NONE;
        for (var each : StableWork.products(row).entrySet()) {
            sum = sum.plus(timed(each.getKey(), false).times(each.getValue()));
        }
        return sum;
    }

    /** Part by part the median of all turns. */
    private static double[] middle(List<Times> turns) {
        return IntStream.range(0, Times.NONE.parts().length)
                .mapToDouble(part -> turns.stream()
                        .mapToDouble(turn -> turn.parts()[part])
                        .sorted()
                        .toArray()[turns.size() / 2])
                .toArray();
    }

    private Times timed(Product product, boolean training) {
        try (Scope scope = Scope.open()) {
            return switch (product.kind()) {
                case LINEAR, BATCHED -> matrices(product, training);
                default -> convolution(product, training);
            };
        }
    }

    private Times convolution(Product product, boolean training) {
        boolean transposed = product.kind() == Product.Kind.TRANSPOSED;
        Tensor x = map(product.input());
        Tensor weight = map(product.weight());
        TensorOptional bias = new TensorOptional(
                vector(transposed ? product.weight().get(1) : product.weight().get(0)));
        double forward = Stopwatch.median(() -> torch.convolution(
                x, weight, bias, product.stride(), product.padding(), ONE, transposed, product.outputPadding(), 1));
        double operations = product.operations();
        if (!training) {
            return new Times(forward, 0, 0, operations);
        }
        Tensor gradient = map(product.output());
        double input = product.first() ? 0 : backward(product, gradient, x, weight, true);
        double weights = backward(product, gradient, x, weight, false);
        return new Times(forward, input, weights, operations * (product.first() ? 2 : 3));
    }

    private static double backward(Product product, Tensor gradient, Tensor x, Tensor weight, boolean ofInput) {
        BoolPointer wanted = new BoolPointer(3).put(0, ofInput).put(1, !ofInput).put(2, false);
        boolean transposed = product.kind() == Product.Kind.TRANSPOSED;
        long[] bias = {transposed ? weight.size(1) : weight.size(0)};
        return Stopwatch.median(() -> torch.convolution_backward(
                gradient,
                x,
                weight,
                bias,
                product.stride(),
                product.padding(),
                ONE,
                transposed,
                product.outputPadding(),
                1,
                wanted));
    }

    private Times matrices(Product product, boolean training) {
        boolean linear = product.kind() == Product.Kind.LINEAR;
        List<Long> in = product.input();
        Tensor x = linear ? plain(product.operations() / 2 / size(product.weight()), in.get(in.size() - 1)) : plain(in);
        Tensor weight = plain(product.weight());
        Tensor turned = weight.transpose(-2, -1);
        Tensor factor = linear ? turned : weight;
        double forward = Stopwatch.median(() -> x.matmul(factor));
        if (!training) {
            return new Times(forward, 0, 0, product.operations());
        }
        Tensor gradient = x.matmul(factor);
        Tensor back = linear ? weight : turned;
        double input = product.first() ? 0 : Stopwatch.median(() -> gradient.matmul(back));
        Tensor across = x.transpose(-2, -1);
        double weights = Stopwatch.median(() -> across.matmul(gradient));
        return new Times(forward, input, weights, product.operations() * (product.first() ? 2 : 3));
    }

    private static double size(List<Long> shape) {
        return shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
    }

    private Tensor map(List<Long> shape) {
        return Tensors.channelsLast(plain(shape));
    }

    private Tensor vector(long size) {
        return plain(List.of(size));
    }

    private Tensor plain(double rows, long columns) {
        return plain(List.of(Math.round(rows), columns));
    }

    private Tensor plain(List<Long> shape) {
        long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
        return torch.rand(sizes).sub_(new org.bytedeco.pytorch.Scalar(0.5)).to(type);
    }
}
