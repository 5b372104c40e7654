package io.inkstone.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which steps become one where no weight changes. A convolution, transposed or not, and a linear layer take in the batch
 * norm that follows (its scale and shift are constants then), a convolution the activation after that too.
 */
final class JoinedSteps {
    private JoinedSteps() {}

    /**
     * Fewer steps that do the same, to rounding; the layers stay as they are.
     *
     * @param owner makes a rewritten copy and answers for it
     */
    static List<Unary> of(List<Unary> steps, Function<Supplier<Unary>, Unary> owner) {
        List<Unary> joined = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Unary step = steps.get(i);
            Optional<BatchNorm> norm = at(steps, i + 1, BatchNorm.class);
            int next = norm.isPresent() ? i + 1 : i;
            if (step instanceof Conv2d convolution && PackedConv2d.possible(convolution.form())) {
                Optional<Activation> activation = at(steps, next + 1, Activation.class)
                        .filter(each -> each.fused().isPresent());
                i = activation.isPresent() ? next + 1 : next;
                joined.add(owner.apply(() -> new FusedConv2d(convolution, norm, activation)));
            } else if (step instanceof Preparable map) {
                i = next;
                joined.add(owner.apply(() -> map.prepared(norm)));
            } else {
                joined.add(step);
            }
        }
        return joined;
    }

    private static <L> Optional<L> at(List<Unary> steps, int index, Class<L> type) {
        return index < steps.size() && type.isInstance(steps.get(index))
                ? Optional.of(type.cast(steps.get(index)))
                : Optional.empty();
    }
}
