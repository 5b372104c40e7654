package io.inkstone.models.stable;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.scheduler.Scheduler;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.Prompted;
import io.inkstone.tensor.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A U-Net with what it is told, as samplers see it. Where guidance leads, both of its answers come from one pass over twice the
 * batch: the avoided texts first, then the wanted ones.
 *
 * @param unet what answers
 * @param prompt its texts, of one batch or of both
 * @param beside further input channels, if it has any
 * @param guidance from the first answers through the second
 */
record GuidedUnet(ConditionalUnet unet, Prompted prompt, Optional<Tensor> beside, Guidance guidance) {
    /** @param both whether {@link #prompt} has the texts of both answers */
    Denoiser denoiser(Scheduler way, boolean both) {
        Prompted one = both ? wanted() : prompt;
        Denoiser alone = way.denoiser((input, time) -> answer(input, time, one));
        if (!both) {
            return alone;
        }
        Denoiser led = way.denoiser((input, time) -> {
            long count = input.size(0);
            Tensor answers = answer(Tensors.concatenate(0, input, input), time, prompt);
            return guidance.led(answers.narrow(0, count, count), answers.narrow(0, 0, count));
        });
        return (noisy, level) -> (guidance.actsAt(level) ? led : alone).clean(noisy, level);
    }

    private Prompted wanted() {
        long count = prompt.states().size(0) / 2;
        return new Prompted(prompt.states().narrow(0, count, count), prompt.guidance());
    }

    private Tensor answer(Tensor input, double time, Prompted told) {
        Tensor whole = beside.map(maps -> Tensors.concatenate(1, input, repeated(maps, input.size(0))))
                .orElse(input);
        Tensor times = unet.device().place(Tensors.of(new float[] {(float) time}, 1));
        return unet.apply(whole, times, told).to(input.scalar_type());
    }

    private static Tensor repeated(Tensor maps, long count) {
        return maps.size(0) == count ? maps : Tensors.concatenate(0, maps, maps);
    }
}
