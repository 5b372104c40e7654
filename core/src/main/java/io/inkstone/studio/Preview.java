package io.inkstone.studio;

import io.inkstone.array.NdArray;
import io.inkstone.image.Pixels;
import io.inkstone.models.Generates;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * How pictures look on their way.
 *
 * @param step of the sampler, from 1
 * @param pictures the first ones of the job, small
 */
public record Preview(int step, List<Pixels> pictures) {
    public Preview {
        pictures = List.copyOf(pictures);
    }

    /** Of {@code count} pictures of a batch that is drawn, from {@code first} on. */
    static Preview of(Generates model, int step, Tensor noisy, int first, int count) {
        try (Scope scope = Scope.open()) {
            NdArray array = Tensors.toArray(model.shown(noisy.narrow(0, first, count)));
            return new Preview(
                    step,
                    model.pictures().pixels(array).stream().map(Previews::small).toList());
        }
    }
}
