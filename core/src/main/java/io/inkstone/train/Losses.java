package io.inkstone.train;

import io.inkstone.layers.KeptPass;
import io.inkstone.tensor.Readback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What one batch costs.
 *
 * @param total what is minimised, a mean over the batch
 * @param parts what is logged beside it, by name
 * @param pass the forward pass, where autograd alone cannot go back through it; closed with the losses
 */
public record Losses(Tensor total, Map<String, Tensor> parts, Optional<KeptPass> pass) implements AutoCloseable {
    public Losses(Tensor total, Map<String, Tensor> parts) {
        this(total, parts, Optional.empty());
    }

    public static Losses of(Tensor total) {
        return new Losses(total, Map.of());
    }

    /** The same, out of {@code pass}. */
    public Losses outOf(KeptPass pass) {
        return new Losses(total, parts, Optional.of(pass));
    }

    /**
     * As numbers, together with those of others.
     *
     * @param phase names the total
     */
    MeanLosses means(String phase, Exchange exchange) {
        List<String> names = new ArrayList<>(List.of(phase));
        List<Tensor> values = new ArrayList<>(List.of(total));
        parts.forEach((name, part) -> {
            names.add(name);
            values.add(part);
        });
        double[] means = exchange.sums(Readback.numbers(values));
        Map<String, Double> byName = new TreeMap<>();
        for (int i = 0; i < means.length; i++) {
            byName.put(names.get(i), means[i]);
        }
        return new MeanLosses(means[0], byName);
    }

    /** Adds the gradients of {@code scale}·total to the parameters; once. */
    public void backward(double scale) {
        Tensor loss = total.mul(new Scalar(scale));
        pass.ifPresentOrElse(kept -> kept.backward(loss), loss::backward);
    }

    @Override
    public void close() {
        pass.ifPresent(KeptPass::close);
    }
}
