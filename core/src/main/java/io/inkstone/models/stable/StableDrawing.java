package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Told;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.scheduler.Scheduler;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.Prompted;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/**
 * One request on its way through a model.
 *
 * @param model whose networks
 * @param request that the model can follow
 */
record StableDrawing(StableModel model, GenerationRequest request) {
    /** Refuses guidance without anything to lead to, and something to lead away from without guidance. */
    static void requireGuided(GenerationRequest request) {
        double weight = request.sampling().guidance().weight();
        if (weight == 1 && !request.avoided().isEmpty()) {
            throw new InputException(
                            "A negative prompt acts through guidance, and a weight of 1 is none: choose a weight such as guidance 7.5, or leave it out.")
                    .about("guidance", "negativePrompt");
        }
        if (weight != 1 && request.avoided().isEmpty() && request.conditions().isEmpty()) {
            throw new InputException(Words.of(
                            "A guidance weight of %s has nothing to lead towards: say a prompt, or leave guidance at 1.",
                            weight))
                    .about("guidance", "prompt");
        }
    }

    /** Both answers of guidance come from one pass; networks that are told its weight guide themselves. */
    Denoiser denoiser() {
        ConditionalUnet unet = model.unet();
        Guidance guidance = request.sampling().guidance();
        int count = request.seeds().size();
        boolean embedded = unet.shape().time().guidance().isPresent();
        boolean both = guidance.weight() != 1 && !embedded;
        Told told = both
                ? model.encoder().both(request.avoided(), request.conditions(), count)
                : model.encoder().told(request.conditions(), count);
        OptionalDouble weight = embedded ? OptionalDouble.of(guidance.weight()) : OptionalDouble.empty();
        Prompted prompt = new Prompted(told.text().values(), weight);
        return new GuidedUnet(unet, prompt, model.beside(), guidance).denoiser(way(), both);
    }

    private Scheduler way() {
        return model.way(request.sampling()).scheduler();
    }

    /** After the last step, [N, c, h, w]. */
    Tensor latents() {
        long[] shape = model.inputShape(request.seeds().size(), model.sizeOf(request));
        List<Level> levels = model.grid(request.sampling());
        try (Scope scope = Scope.open();
                PictureNoise noise = new PictureNoise(model.unet().device(), request.seeds())) {
            // Drawn even where a start is given: the noise that follows must not be the start's own.
            Tensor drawn = noise.next(shape);
            Tensor start = request.start().map(given -> placed(given, shape)).orElse(drawn);
            Tensor scaled = Tensors.scale(start, way().startScale(levels));
            return scope.keep(
                    model.sampler(request.sampling()).sample(denoiser(), scaled, levels, noise, request.listener()));
        }
    }

    private Tensor placed(NdArray start, long[] shape) {
        Shapes.require("Noise to start from", start.shape(), shape);
        return model.unet().device().place(Tensors.of(start.toFloats(), shape));
    }
}
