package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a model that removes noise goes from noise to pictures; whatever is empty was not said and is the model's own choice.
 *
 * @param guidance towards what is asked for, away from what is avoided
 * @param sampler by name
 * @param grid of levels, by name
 * @param steps 1 or more
 * @param eta share of fresh noise of DDIM, 0 to 1
 * @param clamp hold the predicted picture inside its range
 * @param threshold the same by dynamic thresholding, with this share of the values inside
 */
public record SamplingWish(
        GuidanceWish guidance,
        Optional<String> sampler,
        Optional<String> grid,
        OptionalInt steps,
        OptionalDouble eta,
        Optional<Boolean> clamp,
        OptionalDouble threshold) {
    public static final SamplingWish NOTHING = new SamplingWish(
            GuidanceWish.NOTHING,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty());

    private static final Set<SamplerChoice> REVERSIBLE = EnumSet.of(SamplerChoice.DDIM, SamplerChoice.EULER);

    public SamplingWish {
        sampler.ifPresent(SamplerChoice::named);
        grid.ifPresent(GridChoice::named);
        // Its own checks are those of the wish.
        new SamplingOptions(sampler, grid, steps, eta.orElse(0), guidance.guidance(), clamp.orElse(false), threshold);
    }

    public static SamplingWishBuilder builder() {
        return new SamplingWishBuilder();
    }

    /** What the words mean. */
    public SamplingOptions options() {
        return new SamplingOptions(
                sampler.map(word -> SamplerChoice.named(word).word()),
                grid.map(word -> GridChoice.named(word).word()),
                steps,
                eta.orElse(0),
                guidance.guidance(),
                clamp.orElse(false),
                threshold);
    }

    /**
     * The same for a model that may have a weight of its own.
     *
     * @param told whether something is asked for, so that guidance has something to lead towards
     */
    public SamplingOptions options(Model model, boolean told) {
        boolean own = told && guidance.weight().isEmpty();
        return own && model instanceof Generates draws
                ? options().withGuidance(draws.usual().guidance())
                : options();
    }

    /** Refuses guidance that has nothing to lead towards or away from. */
    public SamplingWish towards(Asked asked) {
        boolean guided = guidance.weight().orElse(1) != 1;
        if (guided && !asked.isSaid() && !guidance.avoided().isSaid()) {
            throw new InputException(
                            "Guidance leads towards what is asked for by labels, context or prompt, or away from what is negative: say one of them.")
                    .about("guidance", "labels", "context", "negative");
        }
        return this;
    }

    /** Refuses ways that cannot be gone backwards. */
    public SamplingWish requireReversible() {
        boolean back =
                sampler.map(SamplerChoice::named).map(REVERSIBLE::contains).orElse(true);
        if (!back || eta.orElse(0) != 0) {
            throw new InputException(
                            "From a picture to its noise goes only ddim without fresh noise: leave out sampler and eta.")
                    .about("sampler", "eta");
        }
        return this;
    }

    /**
     * The same for a way that is gone backwards too: where nothing was said, what {@code model} has of its own gives way to DDIM
     * without guidance.
     */
    SamplingWish backwards(Model model) {
        requireReversible();
        if (!(model instanceof Generates draws) || draws.usual().equals(SamplingOptions.DEFAULT)) {
            return this;
        }
        return new SamplingWish(
                guidance.weight().isPresent() ? guidance : guidance.withWeight(1),
                sampler.or(() -> Optional.of(SamplerChoice.DDIM.word())),
                grid,
                steps,
                eta,
                clamp,
                threshold);
    }

    /** Refuses whatever was said; {@code reason} begins the sentence. */
    void requireNothing(String reason) {
        ObjectNode said = Fields.empty();
        write(said);
        if (!said.isEmpty()) {
            List<String> keys = new ArrayList<>();
            said.fieldNames().forEachRemaining(keys::add);
            throw new InputException(Words.of("%s: leave out %s.", reason, String.join(", ", keys)))
                    .about(keys.toArray(String[]::new));
        }
    }

    /**
     * Pictures of these seeds drawn this way.
     *
     * @param conditions one a picture, or empty
     */
    public GenerationRequest request(Model model, List<Long> seeds, List<Condition> conditions) {
        return GenerationRequest.of(seeds)
                .withConditions(conditions)
                .withAvoided(guidance.avoided().said(model, seeds.size()))
                .withSampling(options(model, !conditions.isEmpty()));
    }

    /**
     * The same with what {@code model} takes where nothing was said.
     *
     * @param told whether something is asked for
     */
    public SamplingWish resolved(Generates model, boolean told) {
        SamplingOptions taken = model.resolved(options(model, told));
        double weight = taken.guidance().weight();
        return new SamplingWish(
                weight == options().guidance().weight() ? guidance : guidance.withWeight(weight),
                taken.sampler().or(() -> sampler),
                taken.grid().or(() -> grid),
                taken.steps().isPresent() ? taken.steps() : steps,
                eta,
                clamp,
                threshold);
    }

    /** With the names of files as they are found from any folder. */
    SamplingWish absolute() {
        return new SamplingWish(
                new GuidanceWish(
                        guidance.weight(),
                        guidance.rescale(),
                        guidance.interval(),
                        guidance.avoided().absolute()),
                sampler,
                grid,
                steps,
                eta,
                clamp,
                threshold);
    }

    static SamplingWish read(Fields fields) {
        return new SamplingWish(
                GuidanceWish.read(fields),
                fields.words("sampler"),
                fields.words("grid"),
                fields.whole("steps"),
                fields.number("eta"),
                fields.flag("clamp"),
                fields.number("threshold"));
    }

    void write(ObjectNode json) {
        guidance.write(json);
        sampler.ifPresent(value -> json.put("sampler", value));
        grid.ifPresent(value -> json.put("grid", value));
        steps.ifPresent(value -> json.put("steps", value));
        eta.ifPresent(value -> json.put("eta", value));
        clamp.ifPresent(value -> json.put("clamp", value));
        threshold.ifPresent(value -> json.put("threshold", value));
    }
}
