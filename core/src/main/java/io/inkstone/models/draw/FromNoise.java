package io.inkstone.models.draw;

import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.models.Diffuses;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A way from noise to what a model denoises.
 *
 * @param levels that are visited, the noisiest first
 * @param sampler that goes from one to the next
 * @param scale of normal numbers at the first of them
 */
public record FromNoise(List<Level> levels, Sampler sampler, double scale) {
    /** After the last step, [N, c, h, w]; the start that {@code request} gives is taken for the normal numbers. */
    public Tensor drawn(Diffuses model, GenerationRequest request) {
        ComputeDevice device = model.network().device();
        long[] shape = model.inputShape(request.seeds().size(), model.sizeOf(request));
        try (Scope scope = Scope.open();
                PictureNoise noise = new PictureNoise(device, request.seeds())) {
            // Drawn even where a start is given: the noise that follows must not be the start's own.
            Tensor drawn = noise.next(shape);
            Tensor start =
                    request.start().map(given -> placed(given, shape, device)).orElse(drawn);
            Tensor scaled = scale == 1 ? start : Tensors.scale(start, scale);
            return scope.keep(sampler.sample(model.denoiser(request), scaled, levels, noise, request.listener()));
        }
    }

    private static Tensor placed(NdArray start, long[] shape, ComputeDevice device) {
        Shapes.require("Noise to start from", start.shape(), shape);
        return device.place(Tensors.of(start.toFloats(), shape));
    }
}
