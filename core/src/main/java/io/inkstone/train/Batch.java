package io.inkstone.train;

import io.inkstone.text.ClipTokenizer;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What an objective sees of the data.
 *
 * @param pictures [N, C, H, W] in the model's range, channels last in memory
 * @param context one-hot classes or attributes [N, c]; [N, 0] where the data has none
 * @param captions a text per picture, or empty
 * @param captionIds the texts as ids, int64 [N, {@value ClipTokenizer#LENGTH}]; empty without captions or a tokenizer
 * @param endsEpoch the last batch of its epoch
 */
public record Batch(
        Tensor pictures, Tensor context, List<String> captions, Optional<Tensor> captionIds, boolean endsEpoch) {
    /** A batch without ids. */
    public Batch(Tensor pictures, Tensor context, List<String> captions, boolean endsEpoch) {
        this(pictures, context, captions, Optional.empty(), endsEpoch);
    }

    /** @param ids int64 [N, {@value ClipTokenizer#LENGTH}] */
    Batch withCaptionIds(Tensor ids) {
        return new Batch(pictures, context, captions, Optional.of(ids), endsEpoch);
    }

    /** N. */
    public int size() {
        return (int) pictures.size(0);
    }
}
