package io.inkstone.models;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
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
     * @param contexts one row per picture for conditional models; none are zeros, which few of them {@linkplain
     *     Model#knowsEmptyContext learnt}
     */
    public NdArray encode(NdArray pictures, List<float[]> contexts) {
        checkPictures(pictures);
        return inBatches(pictures, contexts, perPicture(pictures), model::encode);
    }

    /** Means of the codes [N, latent, …], unscaled. */
    public NdArray means(NdArray pictures, List<float[]> contexts) {
        checkPictures(pictures);
        return inBatches(pictures, contexts, perPicture(pictures), (x, c) -> Autoencodes.mean(model.encode(x, c)));
    }

    /** Pictures [N, C, H, W] of latents [N, latent, …], unscaled; in the model's range, unclamped. */
    public NdArray decode(NdArray latents, List<float[]> contexts) {
        long[] expected = model.latentShape();
        long[] shape = latents.shape();
        if (shape.length != expected.length + 1 || shape[1] != expected[0]) {
            throw new InputException(Words.of(
                    "Latents of this model have shape [N, %s], got %s.",
                    Shapes.text(expected).replace("[", "").replace("]", ""), Shapes.text(shape)));
        }
        return inBatches(latents, contexts, model.pictures().values(), model::decode);
    }

    /** Decodes the means of the codes of {@code pictures}. */
    public NdArray reconstruct(NdArray pictures, List<float[]> contexts) {
        checkPictures(pictures);
        return inBatches(pictures, contexts, perPicture(pictures), model::reconstruct);
    }

    private void checkPictures(NdArray pictures) {
        Shapes.require(
                "Pictures", pictures.shape(), Shapes.ANY, model.pictures().channels(), Shapes.ANY, Shapes.ANY);
    }

    private static long perPicture(NdArray array) {
        return array.shape()[0] == 0 ? 1 : array.count() / array.shape()[0];
    }

    private NdArray inBatches(NdArray input, List<float[]> contexts, long perPicture, BinaryOperator<Tensor> work) {
        long count = input.shape()[0];
        long batch = Math.max(1, PictureForm.VALUES_AT_ONCE / perPicture);
        List<NdArray> parts = new ArrayList<>();
        for (long from = 0; from < count; from += batch) {
            long size = Math.min(batch, count - from);
            List<float[]> rows = contexts.isEmpty() ? contexts : contexts.subList((int) from, (int) (from + size));
            parts.add(one(input.rows(from, size), rows, work));
        }
        return NdArray.joined(parts);
    }

    private NdArray one(NdArray input, List<float[]> contexts, BinaryOperator<Tensor> work) {
        Inference inference = new Inference(model, device, precision);
        return inference.of(() -> work.apply(
                inference.placed(input),
                device.place(Contexts.tensor(
                        known(contexts), (int) input.shape()[0], model.classes().size()))));
    }

    /** Models without classes take pictures of labelled data all the same. */
    private List<float[]> known(List<float[]> contexts) {
        return model.classes().isEmpty() ? List.of() : contexts;
    }
}
