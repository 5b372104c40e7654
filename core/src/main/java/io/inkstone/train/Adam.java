package io.inkstone.train;

import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Operator;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) and AdamW (Loshchilov and Hutter 2019) through libtorch's fused kernel: one
 * call for all parameters. Its state is two tensors per parameter and a count.
 */
public final class Adam implements AutoCloseable {
    private static final Operator ADAM = Operator.named("aten::_fused_adam_", "");
    private static final Operator ADAMW = Operator.named("aten::_fused_adamw_", "");

    private final OptimizerConfig config;
    private final Operator kernel;
    private final Map<String, Tensor> parameters;
    private final Map<String, Tensor> means = new LinkedHashMap<>();
    private final Map<String, Tensor> squares = new LinkedHashMap<>();
    private long steps;

    public Adam(Map<String, Tensor> parameters, OptimizerConfig config) {
        this.config = config;
        this.parameters = new LinkedHashMap<>(parameters);
        kernel = config.name() == OptimizerConfig.Name.ADAM ? ADAM : ADAMW;
        try (Scope scope = Scope.open()) {
            parameters.forEach((name, parameter) -> {
                means.put(name, Scope.own(torch.zeros_like(parameter)));
                squares.put(name, Scope.own(torch.zeros_like(parameter)));
            });
        }
    }

    /** One step with the gradients as they are; parameters without one stay. Clears nothing. */
    public void step(double rate) {
        steps++;
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            List<String> moved = moved();
            List<Tensor> gradients =
                    moved.stream().map(name -> parameters.get(name).grad()).toList();
            clip(gradients);
            // The kernel reads a count per parameter; one tensor serves all, it is not written.
            Tensor count = torch.scalar_tensor(new Scalar((double) steps));
            kernel.call(
                    pick(parameters, moved),
                    gradients,
                    pick(means, moved),
                    pick(squares, moved),
                    List.of(),
                    moved.stream().map(name -> count).toList(),
                    rate,
                    config.betas().get(0),
                    config.betas().get(1),
                    config.weightDecay(),
                    config.eps(),
                    false,
                    false,
                    null,
                    null);
        }
    }

    private List<String> moved() {
        List<String> names = new ArrayList<>();
        parameters.forEach((name, parameter) -> {
            if (parameter.grad().defined()) {
                names.add(name);
            }
        });
        return names;
    }

    private static List<Tensor> pick(Map<String, Tensor> tensors, List<String> names) {
        return names.stream().map(tensors::get).toList();
    }

    private void clip(List<Tensor> gradients) {
        if (config.clip() == 0) {
            return;
        }
        double norm = Math.sqrt(gradients.stream()
                .mapToDouble(gradient -> Math.pow(gradient.norm().item_double(), 2))
                .sum());
        if (norm > config.clip()) {
            gradients.forEach(gradient -> gradient.mul_(new Scalar(config.clip() / (norm + 1e-6))));
        }
    }

    /** Forgets all gradients, so that the next backward pass starts anew. */
    public void clearGradients() {
        try (Scope scope = Scope.open()) {
            parameters.values().forEach(parameter -> parameter.mutable_grad().reset());
        }
    }

    /** The running tensors, live, by the names of {@code torch.optim}: {@code exp_avg.NAME}, {@code exp_avg_sq.NAME}. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        means.forEach((name, tensor) -> state.put("exp_avg." + name, tensor));
        squares.forEach((name, tensor) -> state.put("exp_avg_sq." + name, tensor));
        return state;
    }

    /** Goes on from a saved count; the tensors of {@link #state} are filled by the caller. */
    public void resumeAt(long steps) {
        this.steps = steps;
    }

    @Override
    public void close() {
        state().values().forEach(Scope::release);
    }
}
