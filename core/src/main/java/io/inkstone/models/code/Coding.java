package io.inkstone.models.code;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.condition.Told;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Model;
import io.inkstone.models.PictureForm;
import io.inkstone.models.draw.Inference;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Encodes and decodes any number of pictures, one after another where they are large, in evaluation mode and without
 * gradients. Safe on several threads at once for one model, as long as nobody changes its weights.
 *
 * @param model what encodes
 * @param device where it lives
 * @param precision of its passes
 */
public record Coding(Autoencodes model, ComputeDevice device, Precision precision) {
    /**
     * Moments [N, 2·latent, …], mean first.
     *
     * @param pictures float32 [N, C, H, W] in the model's range
     * @param conditions one a picture for conditional models, or none at all, which few of them {@linkplain
     *     Model#knowsEmptyContext learnt}
     */
    public NdArray encode(NdArray pictures, List<Condition> conditions) {
        checkPictures(pictures);
        return inBatches(pictures, conditions, perPicture(pictures), model::encode);
    }

    /** Means of the codes [N, latent, …], unscaled. */
    public NdArray means(NdArray pictures, List<Condition> conditions) {
        checkPictures(pictures);
        return inBatches(
                pictures, conditions, perPicture(pictures), (x, told) -> Autoencodes.mean(model.encode(x, told)));
    }

    /** Pictures [N, C, H, W] of latents [N, latent, …], unscaled; in the model's range, unclamped. */
    public NdArray decode(NdArray latents, List<Condition> conditions) {
        long[] expected = model.latentShape();
        long[] shape = latents.shape();
        if (shape.length != expected.length + 1 || shape[1] != expected[0]) {
            throw new InputException(Words.of(
                    "Latents of this model have shape [N, %s], got %s.",
                    Shapes.text(expected).replace("[", "").replace("]", ""), Shapes.text(shape)));
        }
        return inBatches(latents, conditions, model.pictures().values(), model::decode);
    }

    /** Decodes the means of the codes of {@code pictures}. */
    public NdArray reconstruct(NdArray pictures, List<Condition> conditions) {
        checkPictures(pictures);
        return inBatches(pictures, conditions, perPicture(pictures), model::reconstruct);
    }

    private void checkPictures(NdArray pictures) {
        Shapes.require(
                "Pictures", pictures.shape(), Shapes.ANY, model.pictures().channels(), Shapes.ANY, Shapes.ANY);
    }

    private static long perPicture(NdArray array) {
        return array.shape()[0] == 0 ? 1 : array.count() / array.shape()[0];
    }

    private NdArray inBatches(NdArray input, List<Condition> conditions, long perPicture, Work work) {
        long count = input.shape()[0];
        long batch = Math.max(1, PictureForm.VALUES_AT_ONCE / perPicture);
        List<NdArray> parts = new ArrayList<>();
        for (long from = 0; from < count; from += batch) {
            long size = Math.min(batch, count - from);
            List<Condition> some =
                    conditions.isEmpty() ? conditions : conditions.subList((int) from, (int) (from + size));
            parts.add(one(input.rows(from, size), some, work));
        }
        return NdArray.joined(parts);
    }

    private NdArray one(NdArray input, List<Condition> conditions, Work work) {
        Inference inference = new Inference(model, device, precision);
        int count = (int) input.shape()[0];
        return inference.of(
                () -> work.of(inference.placed(input), model.conditions().told(conditions, count)));
    }

    /** What becomes of one batch. */
    @FunctionalInterface
    private interface Work {
        Tensor of(Tensor input, Told told);
    }
}
