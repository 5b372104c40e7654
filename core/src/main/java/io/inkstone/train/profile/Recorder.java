package io.inkstone.train.profile;

import io.inkstone.layers.Layer;
import io.inkstone.layers.Multiplications;
import io.inkstone.layers.SelfAttention;
import io.inkstone.layers.Watch;
import io.inkstone.tensor.BackwardProbe;
import io.inkstone.tensor.Shapes;
import io.inkstone.train.Stage;
import io.inkstone.train.profile.StepProfile.LayerTime;
import io.inkstone.train.profile.StepProfile.Operation;
import io.inkstone.train.profile.StepProfile.Pass;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** Watches one step: every pass through a layer, and every operation that it recorded on its way back. */
final class Recorder implements Watch, Stage.Clock {
    /** Operations that multiply, as libtorch names them. */
    private static final Set<String> PRODUCTS = Set.of("Convolution", "Addmm", "Mm", "Bmm", "Baddbmm", "MkldnnLinear");

    private final BackwardProbe probe = new BackwardProbe();
    private final Map<Layer, String> names = new IdentityHashMap<>();
    private final Map<Stage, Double> stages = new EnumMap<>(Stage.class);
    private final Map<Key, Sum> operations = new LinkedHashMap<>();
    private final Map<String, LayerTime> layers = new LinkedHashMap<>();
    /** Nanoseconds of the stage at hand that went into watching it. */
    private long watching;

    private Stage stage = Stage.OTHER;
    private long since = System.nanoTime();
    private Frame frame = new Frame();

    private record Key(Pass pass, String name, String kind, String shape) {}

    private record Sum(int calls, double milliseconds, double gigaflop) {
        Sum plus(Sum other) {
            return new Sum(calls + other.calls, milliseconds + other.milliseconds, gigaflop + other.gigaflop);
        }
    }

    /** Nanoseconds that a pass spent in layers inside. */
    private static final class Frame {
        private long inside;
    }

    /** A pass through a layer: what its backward operations belong to. */
    private record Part(String name, String kind, String shape, double gigaflop, int products) {}

    Recorder(Layer network) {
        name("", network);
    }

    private void name(String prefix, Layer layer) {
        names.put(layer, prefix);
        layer.children().forEach((key, child) -> name(prefix.isEmpty() ? key : prefix + "." + key, child));
    }

    @Override
    public void begins(Stage next) {
        long now = System.nanoTime();
        stages.merge(stage, (now - since - watching) / 1e6, Double::sum);
        stage = next;
        since = now;
        watching = 0;
    }

    @Override
    public Tensor around(Layer layer, Tensor input, Supplier<Tensor> forward) {
        long number = BackwardProbe.recorded();
        Frame outer = frame;
        frame = new Frame();
        long start = System.nanoTime();
        Tensor output = forward.get();
        long end = System.nanoTime();
        long passed = end - start - frame.inside;
        frame = outer;
        Part part = part(layer, input, output);
        Pass pass = stage == Stage.BACKWARD ? Pass.AGAIN : Pass.FORWARD;
        add(pass, part.kind(), part, passed / 1e6, part.gigaflop());
        probe.attach(output, number, operation -> new Stopwatch(operation, part));
        long now = System.nanoTime();
        outer.inside += now - start;
        watching += now - end;
        return output;
    }

    private Part part(Layer layer, Tensor input, Tensor output) {
        String kind = layer.getClass().getSimpleName();
        return new Part(
                names.getOrDefault(layer, "elsewhere"),
                layer.children().isEmpty() ? kind : kind + " itself",
                Shapes.text(input.shape()) + " → " + Shapes.text(output.shape()),
                2e-9 * Multiplications.of(layer, input, output),
                layer instanceof SelfAttention ? 2 : 1);
    }

    private void add(Pass pass, String name, Part part, double milliseconds, double gigaflop) {
        operations.merge(new Key(pass, name, part.kind(), part.shape()), new Sum(1, milliseconds, gigaflop), Sum::plus);
        boolean back = pass == Pass.BACKWARD;
        LayerTime more = new LayerTime(
                part.name(),
                part.kind(),
                part.shape(),
                back ? 0 : milliseconds,
                back ? milliseconds : 0,
                back ? 0 : gigaflop,
                back ? gigaflop : 0);
        layers.merge(part.name(), more, Recorder::sum);
    }

    private static LayerTime sum(LayerTime a, LayerTime b) {
        return new LayerTime(
                a.name(),
                a.kind(),
                a.shape(),
                a.forward() + b.forward(),
                a.backward() + b.backward(),
                a.forwardGigaflop() + b.forwardGigaflop(),
                a.backwardGigaflop() + b.backwardGigaflop());
    }

    /** One operation on its way back. */
    private final class Stopwatch implements BackwardProbe.Listener {
        private final BackwardProbe.Operation operation;
        private final Part part;
        private long start;

        Stopwatch(BackwardProbe.Operation operation, Part part) {
            this.operation = operation;
            this.part = part;
        }

        @Override
        public void began() {
            start = System.nanoTime();
        }

        @Override
        public void ended() {
            double milliseconds = (System.nanoTime() - start) / 1e6;
            add(Pass.BACKWARD, operation.name(), part, milliseconds, gradients() * part.gigaflop() / part.products());
        }

        /** How many products it computes: a gradient for each factor that wants one costs as much as the forward product. */
        private long gradients() {
            if (!PRODUCTS.contains(operation.name())) {
                return 0;
            }
            // The term that is added comes first.
            int first = operation.name().contains("add") || operation.name().startsWith("Add") ? 1 : 0;
            return operation.wanted().stream()
                    .skip(first)
                    .limit(2)
                    .filter(wanted -> wanted)
                    .count();
        }
    }

    /** The step so far; nothing more is seen. */
    StepProfile profile(int batch) {
        begins(Stage.OTHER);
        probe.forget();
        return new StepProfile(
                stages.values().stream().mapToDouble(Double::doubleValue).sum(),
                0,
                1,
                batch,
                stages,
                operations.entrySet().stream()
                        .map(entry -> operation(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparingDouble(Operation::milliseconds)
                                .reversed())
                        .toList(),
                layers.values().stream()
                        .sorted(Comparator.comparingDouble(LayerTime::milliseconds)
                                .reversed())
                        .toList());
    }

    private static Operation operation(Key key, Sum sum) {
        return new Operation(
                key.pass(), key.name(), key.kind(), key.shape(), sum.calls(), sum.milliseconds(), sum.gigaflop());
    }
}
