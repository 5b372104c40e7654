package io.inkstone.train;

import io.inkstone.condition.Condition;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What an objective sees of the data.
 *
 * @param pictures [N, C, H, W] in the model's range, channels last in memory
 * @param conditions what each picture is known to show, N of them
 * @param endsEpoch the last batch of its epoch
 */
public record Batch(Tensor pictures, List<Condition> conditions, boolean endsEpoch) {
    /** N. */
    public int size() {
        return (int) pictures.size(0);
    }
}
