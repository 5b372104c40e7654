package io.inkstone.models.diffusion;

import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * One request on its way through a model.
 *
 * @param model that denoises
 * @param weaker what it is guided by where that is not itself
 * @param request what was asked of it
 */
record DiffusionDrawing(DiffusionModel model, Optional<DiffusionModel> weaker, GenerationRequest request) {
    /** Levels whose deviation differs from 1 by less are variance preserving. */
    private static final double ROUNDING = 1e-9;

    /** After the last step, [N, C, H, W]. */
    Tensor drawn() {
        List<Level> grid = model.grid(request.sampling());
        Sampler sampler = model.sampler(request.sampling());
        long[] shape = model.inputShape(request.seeds().size(), model.sizeOf(request));
        try (Scope scope = Scope.open();
                PictureNoise noise = new PictureNoise(model.network().device(), request.seeds())) {
            // Drawn even where a start is given: the noise that follows must not be the start's own.
            Tensor drawn = noise.next(shape);
            Tensor start = request.start().map(given -> placed(given, shape)).orElse(drawn);
            return scope.keep(sampler.sample(denoiser(), scaled(start, grid.get(0)), grid, noise, request.listener()));
        }
    }

    private Tensor placed(NdArray start, long[] shape) {
        Shapes.require("Noise to start from", start.shape(), shape);
        return model.network().device().place(Tensors.of(start.toFloats(), shape));
    }

    private static Tensor scaled(Tensor start, Level first) {
        double deviation = first.deviation();
        return Math.abs(deviation - 1) < ROUNDING ? start : Tensors.scale(start, deviation);
    }

    /** Guided and held in the range of pictures as was asked for. */
    Denoiser denoiser() {
        return request.sampling().holding(guided());
    }

    private Denoiser guided() {
        int count = request.seeds().size();
        Guidance guidance = request.sampling().guidance();
        GuidanceCheck.require(model, weaker.isPresent(), request);
        request.conditions().forEach(model.conditions()::require);
        request.avoided().forEach(model.conditions()::require);
        Denoiser wanted = model.dressed(request.conditions(), count);
        if (guidance.weight() == 1) {
            return wanted;
        }
        return guidance.around(
                wanted,
                weaker.map(other -> other.dressed(request.conditions(), count))
                        .orElseGet(() -> model.dressed(request.avoided(), count)));
    }
}
