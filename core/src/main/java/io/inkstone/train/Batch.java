package io.inkstone.train;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What an objective sees of the data.
 *
 * @param pictures [N, C, H, W] in the model's range, channels last in memory
 * @param context one-hot classes or attributes [N, c]; [N, 0] where the data has none
 * @param captions a text per picture, or empty
 * @param endsEpoch the last batch of its epoch
 */
public record Batch(Tensor pictures, Tensor context, List<String> captions, boolean endsEpoch) {
    /** N. */
    public int size() {
        return (int) pictures.size(0);
    }
}
