package io.inkstone.layers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Layers one after another, named "0", "1", …; layers without parameters count too, as in published listings. */
public final class Sequence extends Unary {
    private final List<Unary> steps = new ArrayList<>();
    private final List<Unary> joined;

    public Sequence(Unary... steps) {
        this(List.of(steps));
    }

    public Sequence(List<? extends Unary> steps) {
        for (Unary step : steps) {
            this.steps.add(child(String.valueOf(this.steps.size()), step));
        }
        joined = UpsampledConv2d.joined(this.steps);
    }

    /** The same, with {@code blocks} deciding how steps that have layers of their own are passed. */
    public Tensor apply(Tensor x, BlockPass blocks) {
        return pass(x, () -> forward(x, blocks));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return forward(x, BlockPass.PLAIN);
    }

    private Tensor forward(Tensor x, BlockPass blocks) {
        List<Unary> run = Frozen.steps(this, KernelChoices.current().joinsUpsampling(x) ? joined : steps);
        Tensor input = x;
        for (Unary step : run) {
            Tensor before = x;
            x = step.children().isEmpty() && !(step instanceof ByHand) ? step.apply(x) : blocks.apply(step, x);
            if (before != input && before != x) {
                spent(before);
            }
        }
        return x;
    }
}
