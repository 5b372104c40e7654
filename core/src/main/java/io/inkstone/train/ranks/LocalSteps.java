package io.inkstone.train.ranks;

import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Share;
import io.inkstone.train.Exchange;
import io.inkstone.train.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Local SGD (Stich 2019, "Local SGD Converges Fast and Communicates Little"; Lin et al. 2020, "Don't Use Large Mini-Batches,
 * Use Local SGD"): every process steps by itself, from the gradients of its own rows and with batch norms over these alone;
 * after so many steps, and at the end of each epoch, what the processes have learned is averaged.
 *
 * <p>With the weights go the running statistics and both moments of Adam. Averaged second moments are what keeps adaptive methods
 * converging (Chen, Li and Li 2020, "Toward Communication Efficient Adaptive Gradient Method"), and one checkpoint can only hold
 * moments that all have.
 */
final class LocalSteps implements Exchange {
    private static final long BUCKET_VALUES = 6L << 20;

    private final RankExchange all;
    private final int every;

    /** @param every 2 steps or more */
    LocalSteps(RankExchange all, int every) {
        this.all = all;
        this.every = every;
    }

    @Override
    public Joining joining(Map<String, Tensor> parameters) {
        return Exchange.ALONE.joining(parameters);
    }

    @Override
    public double weight(Share share) {
        return share.counts() ? 1 : 0;
    }

    @Override
    public boolean together(Position after, Supplier<List<Tensor>> learned) {
        boolean due = after.step() % every == 0 || after.inEpoch() == 0;
        if (due) {
            Scope.run(() -> average(learned.get()));
        }
        return due;
    }

    private void average(List<Tensor> learned) {
        try (NoGradient none = NoGradient.begin()) {
            List<Tensor> open = new ArrayList<>();
            long size = 0;
            for (Tensor tensor : learned) {
                if (tensor.is_floating_point()) {
                    open.add(tensor);
                    size += tensor.numel();
                    if (size >= BUCKET_VALUES) {
                        averageTogether(open);
                        open = new ArrayList<>();
                        size = 0;
                    }
                }
            }
            if (!open.isEmpty()) {
                averageTogether(open);
            }
        }
    }

    private void averageTogether(List<Tensor> tensors) {
        Scope.run(() -> {
            Tensor flat = torch.cat(
                    new TensorVector(tensors.stream()
                            .map(tensor -> tensor.detach().reshape(-1))
                            .toArray(Tensor[]::new)),
                    0);
            all.sum(flat);
            flat.div_(new Scalar((double) all.place().ranks()));
            long at = 0;
            for (Tensor tensor : tensors) {
                tensor.detach().copy_(flat.narrow(0, at, tensor.numel()).reshape(tensor.shape()));
                at += tensor.numel();
            }
        });
    }

    @Override
    public double[] sums(double... numbers) {
        return all.sums(numbers);
    }

    @Override
    public boolean anywhere(boolean here) {
        return all.anywhere(here);
    }

    @Override
    public <T> T passing(Share share, Supplier<T> work) {
        return work.get();
    }
}
