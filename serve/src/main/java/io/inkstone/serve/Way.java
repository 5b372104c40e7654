package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.models.Generates;
import io.inkstone.wish.PromptWords;
import io.inkstone.wish.SamplingWish;
import io.inkstone.wish.SamplingWishBuilder;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The options of sampling, each as it was said.
 *
 * @param steps of the sampler
 * @param sampler by its name
 * @param negative what guidance leads away from
 * @param guidance how strongly
 * @param further what is said more rarely
 */
record Way(
        OptionalInt steps,
        Optional<String> sampler,
        Optional<String> negative,
        OptionalDouble guidance,
        Further further) {
    /**
     * @param grid of levels, by its name
     * @param eta share of fresh noise
     * @param clamp whether the predicted picture is held inside its range
     * @param threshold the same by dynamic thresholding
     * @param rescale of guidance
     * @param interval of guidance, A:B
     */
    record Further(
            Optional<String> grid,
            OptionalDouble eta,
            boolean clamp,
            OptionalDouble threshold,
            OptionalDouble rescale,
            Optional<String> interval) {}

    static Way read(RequestFields fields) {
        return new Way(
                fields.whole("steps", 1, 10_000),
                fields.words("sampler")
                        .map(name -> known("sampler", name, word -> SamplerChoice.named(word)
                                .word())),
                fields.words("negative_prompt"),
                fields.number("guidance_scale", -100, 100),
                new Further(
                        fields.words("grid")
                                .map(name -> known("grid", name, word -> GridChoice.named(word)
                                        .word())),
                        fields.number("eta", 0, 1),
                        fields.flag("clamp"),
                        fields.number("threshold", 0, 1),
                        fields.number("guidance_rescale", 0, 1),
                        fields.words("guidance_interval")));
    }

    private static String known(String field, String name, UnaryOperator<String> look) {
        try {
            return look.apply(name);
        } catch (InputException none) {
            throw ApiError.invalid(field, none.getMessage());
        }
    }

    /** What it means to a model. */
    SamplingWish wish(Generates drawer) {
        SamplingWishBuilder builder = SamplingWish.builder().avoided(new PromptWords(drawer).avoided(negative));
        steps.ifPresent(builder::steps);
        guidance.ifPresent(builder::guidance);
        sampler.ifPresent(builder::sampler);
        further.grid().ifPresent(builder::grid);
        further.eta().ifPresent(builder::eta);
        further.threshold().ifPresent(builder::threshold);
        further.rescale().ifPresent(builder::guidanceRescale);
        further.interval().ifPresent(builder::guidanceInterval);
        if (further.clamp()) {
            builder.clamp(true);
        }
        return builder.build();
    }
}
