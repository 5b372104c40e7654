package io.inkstone.train;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Operator;
import io.inkstone.tensor.Readback;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
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
    /** {@link #steps} where the kernel reads it; one serves all parameters. */
    private final Tensor count;

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
            Tensor first = parameters.values().iterator().next();
            count = Scope.own(ComputeDevice.of(first).place(torch.scalar_tensor(new Scalar(0.0))));
        }
    }

    /** {@link #step(double, OnDivergence)} whatever the gradients are. */
    public void step(double rate) {
        step(rate, OnDivergence.STOP);
    }

    /**
     * One step with the gradients as they are, clipped; parameters without one stay. Clears nothing.
     *
     * @param spoiled what to do about gradients that are no numbers: with STOP they spoil the weights, which the next loss
     *     tells; with SKIP nothing moves
     * @return whether there was a step
     */
    boolean step(double rate, OnDivergence spoiled) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            List<String> moved = moved();
            List<Tensor> gradients =
                    moved.stream().map(name -> parameters.get(name).grad()).toList();
            boolean skips = spoiled == OnDivergence.SKIP;
            if (config.clip() > 0 || skips) {
                double norm = norm(gradients);
                if (skips && (moved.isEmpty() || !Double.isFinite(norm))) {
                    return false;
                }
                clip(gradients, norm);
            }
            steps++;
            count.fill_(new Scalar((double) steps));
            move(moved, gradients, rate);
            return true;
        }
    }

    private void move(List<String> moved, List<Tensor> gradients, double rate) {
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

    /** Of all gradients together. */
    private static double norm(List<Tensor> gradients) {
        double[] norms = Readback.numbers(gradients.stream().map(Tensor::norm).toList());
        return Math.sqrt(Arrays.stream(norms).map(norm -> Math.pow(norm, 2)).sum());
    }

    private void clip(List<Tensor> gradients, double norm) {
        if (config.clip() > 0 && norm > config.clip()) {
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
        Scope.release(count);
    }
}
