package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Told;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.scheduler.Scheduler;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.Prompted;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SchedulerWay;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/**
 * One request on its way through a model.
 *
 * @param model whose networks
 * @param request that the model can follow
 */
record StableDrawing(StableModel model, GenerationRequest request) {
    /** As the pipeline of Stable Diffusion takes schedulers. */
    static final SchedulerWay.Pipeline PIPELINE =
            new SchedulerWay.Pipeline(SchedulerConfig::forStableDiffusion, own -> Drawing.STEPS);

    /** Refuses to hold what has no range. */
    static void requireUnheld(GenerationRequest request) {
        if (request.sampling().holds()) {
            throw new InputException(
                            "clamp and threshold hold pictures in their range; latents have none: leave them out for Stable Diffusion.")
                    .about("clamp", "threshold");
        }
    }

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
        return model.way(request.sampling()).drawn(model, request);
    }
}
