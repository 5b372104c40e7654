package io.inkstone.models.draw;

import io.inkstone.InputException;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.diffusion.scheduler.Scheduler;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.models.Diffuses;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * The way from noise that options ask for, of a model with a scheduler of its own: that one, or the same table seen by another
 * one.
 *
 * @param own what the model's folder says
 * @param pipeline what draws by it
 * @param options what was asked for
 */
public record SchedulerWay(SchedulerConfig own, Pipeline pipeline, SamplingOptions options) {
    /**
     * What a pipeline does with schedulers.
     *
     * @param taken how it takes the config of another one
     * @param usualSteps how many steps it makes where nobody says a number
     */
    public record Pipeline(UnaryOperator<SchedulerConfig> taken, ToIntFunction<SchedulerConfig> usualSteps) {}

    private SchedulerConfig config() {
        SchedulerConfig sampled =
                options.sampler().map(SamplerChoice::named).map(this::seenBy).orElse(own);
        return options.grid().map(GridChoice::named).map(sampled::with).orElse(sampled);
    }

    private SchedulerConfig seenBy(SamplerChoice choice) {
        return pipeline.taken().apply(own.with(choice));
    }

    public Scheduler scheduler() {
        return config().scheduler();
    }

    public int steps() {
        return options.steps().orElseGet(() -> pipeline.usualSteps().applyAsInt(config()));
    }

    public List<Level> levels() {
        return scheduler().levels(steps());
    }

    /** Fresh noise is for DDIM alone. */
    public Sampler sampler() {
        if (options.eta() == 0) {
            return scheduler().sampler();
        }
        Optional<SamplerChoice> named =
                options.sampler().map(SamplerChoice::named).or(this::ownChoice);
        if (named.isEmpty() || named.get() != SamplerChoice.DDIM) {
            throw new InputException("eta is the fresh noise of ddim: say sampler ddim, or leave it out.")
                    .about("eta", "sampler");
        }
        return scheduler().ddim(options.eta());
    }

    /** The sampler by whose name the model's scheduler goes, if it has one. */
    private Optional<SamplerChoice> ownChoice() {
        return Arrays.stream(SamplerChoice.values()).filter(this::isOwn).findFirst();
    }

    private boolean isOwn(SamplerChoice choice) {
        try {
            return seenBy(choice).equals(own);
        } catch (InputException noScheduler) {
            return false;
        }
    }

    /** The options with what is drawn by where nothing was said; the grid stays the scheduler's. */
    public SamplingOptions resolved() {
        return new SamplingOptions(
                options.sampler().or(() -> ownChoice().map(SamplerChoice::word)),
                options.grid(),
                OptionalInt.of(steps()),
                options.eta(),
                options.guidance(),
                options.clamp(),
                options.threshold());
    }

    /** Refuses what this way cannot be. */
    public void require() {
        sampler();
        levels();
    }

    /**
     * What is denoised, after the last step [N, c, h, w].
     *
     * @param request whose options these are
     */
    public Tensor drawn(Diffuses model, GenerationRequest request) {
        List<Level> levels = levels();
        return new FromNoise(levels, sampler(), scheduler().startScale(levels)).drawn(model, request);
    }
}
