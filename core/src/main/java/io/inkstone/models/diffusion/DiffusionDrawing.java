package io.inkstone.models.diffusion;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.Level;
import io.inkstone.models.draw.FromNoise;
import io.inkstone.models.draw.GenerationRequest;
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
        double deviation = grid.get(0).deviation();
        return new FromNoise(
                        grid, model.sampler(request.sampling()), Math.abs(deviation - 1) < ROUNDING ? 1 : deviation)
                .drawn(model, request);
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
