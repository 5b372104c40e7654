package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.SamplingListener;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Pictures wanted of words.
 *
 * @param seeds one per picture
 * @param prompts one per picture: what it should show
 * @param avoided one per picture: what guidance leads away from; the empty text is usual
 * @param way to the pictures
 * @param height in pixels
 * @param width in pixels
 * @param start noise of deviation 1 [N, c, height/8, width/8] to start from; empty to draw it from the seeds
 * @param beside what an inpainting network sees beside the latents, mask and latents of what stays [N, 1 + c, h, w]
 */
public record Drawing(
        List<Long> seeds,
        List<String> prompts,
        List<String> avoided,
        Way way,
        int height,
        int width,
        Optional<NdArray> start,
        Optional<NdArray> beside) {
    /** Steps where nobody asks for another number. */
    public static final int STEPS = 50;

    /** Guidance where nobody asks for another weight. */
    public static final double GUIDANCE = 7.5;

    /**
     * @param steps through the levels
     * @param guidance from the avoided texts through the prompts
     * @param skipped last layers of the text encoder that are left out ("clip skip")
     * @param listener told of every step
     */
    public record Way(int steps, Guidance guidance, int skipped, SamplingListener listener) {
        public static final Way USUAL = new Way(STEPS, Guidance.of(GUIDANCE), 0, SamplingListener.NONE);
    }

    public Drawing {
        seeds = List.copyOf(seeds);
        prompts = List.copyOf(prompts);
        avoided = List.copyOf(avoided);
        if (seeds.isEmpty() || prompts.size() != seeds.size() || avoided.size() != seeds.size()) {
            throw new InputException(Words.of(
                    "%d pictures need as many prompts and texts to avoid, got %d and %d.",
                    seeds.size(), prompts.size(), avoided.size()));
        }
        if (way.guidance().weight() == 1 && avoided.stream().anyMatch(text -> !text.isEmpty())) {
            throw new InputException(
                            "A text to avoid acts through guidance, and a weight of 1 is none: choose a weight such as 7.5, or leave the text out.")
                    .about("guidance");
        }
        int count = seeds.size();
        start.ifPresent(noise -> requireCount("Noise to start from", noise, count));
        beside.ifPresent(maps -> requireCount("Maps beside the latents", maps, count));
    }

    private static void requireCount(String what, NdArray array, int count) {
        if (array.shape().length != 4 || array.shape()[0] != count) {
            throw new InputException(Words.of(
                    "%s: [%d, channels, height, width] was expected, got %s.",
                    what, count, Arrays.toString(array.shape())));
        }
    }

    /** {@code count} pictures of one text, seeds from {@code seed} on, by the usual way. */
    public static Drawing of(String prompt, int count, long seed, int height, int width) {
        return new Drawing(
                java.util.stream.LongStream.range(seed, seed + count).boxed().toList(),
                Collections.nCopies(count, prompt),
                Collections.nCopies(count, ""),
                Way.USUAL,
                height,
                width,
                Optional.empty(),
                Optional.empty());
    }

    public Drawing avoiding(String text) {
        return new Drawing(
                seeds, prompts, Collections.nCopies(prompts.size(), text), way, height, width, start, beside);
    }

    public Drawing along(Way other) {
        return new Drawing(seeds, prompts, avoided, other, height, width, start, beside);
    }

    public Drawing from(NdArray noise) {
        return new Drawing(seeds, prompts, avoided, way, height, width, Optional.of(noise), beside);
    }

    public Drawing beside(NdArray maps) {
        return new Drawing(seeds, prompts, avoided, way, height, width, start, Optional.of(maps));
    }
}
