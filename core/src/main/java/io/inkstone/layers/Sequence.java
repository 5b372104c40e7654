package io.inkstone.layers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Layers one after another, named "0", "1", …; layers without parameters count too, as in published listings. */
public final class Sequence extends Unary {
    private final List<Unary> steps = new ArrayList<>();

    public Sequence(Unary... steps) {
        for (Unary step : steps) {
            this.steps.add(child(String.valueOf(this.steps.size()), step));
        }
    }

    @Override
    protected Tensor forward(Tensor x) {
        for (Unary step : steps) {
            x = step.apply(x);
        }
        return x;
    }
}
