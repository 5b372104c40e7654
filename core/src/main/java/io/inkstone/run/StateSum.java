package io.inkstone.run;

import io.inkstone.tensor.Tensors;
import io.inkstone.train.Trainer;
import java.util.Map;
import java.util.zip.CRC32C;
import org.bytedeco.pytorch.Tensor;

/** Where a training stands, in a few letters: enough to notice that two stand elsewhere, not to trust strangers. */
final class StateSum {
    private final CRC32C sum = new CRC32C();

    private StateSum() {}

    /** Position, weights, average and what the optimizers remember. */
    static String of(Trainer trainer) {
        StateSum all = new StateSum();
        all.add(trainer.objective().network().state());
        trainer.ema().ifPresent(average -> all.add(average.network().state()));
        all.add(trainer.optimizerState());
        return "step " + trainer.position().step() + ", sum " + Long.toHexString(all.sum.getValue());
    }

    private void add(Map<String, Tensor> tensors) {
        tensors.values().forEach(tensor -> sum.update(Tensors.toArray(tensor).data()));
    }
}
