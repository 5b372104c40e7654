package io.inkstone.diffusion.scheduler;

import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.path.FlowPath;
import io.inkstone.diffusion.sampler.DdimSampler;
import io.inkstone.diffusion.sampler.HeunSampler;
import io.inkstone.diffusion.sampler.LmsSampler;
import io.inkstone.diffusion.target.FlowTarget;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Schedulers that go by σ, with α = 1: noise is added and nothing else changes, and pictures are scaled for the network only.
 * Fractional timesteps are theirs.
 */
final class SigmaSchedulers {
    /** What diffusers leaves of ᾱ where a config moves the end to pure noise, so that σ stays a number: σ is 4096. */
    static final double LEAST_ALPHA_BAR = Math.pow(2, -24);

    private SigmaSchedulers() {}

    static Scheduler euler(SchedulerFields fields) {
        fields.require("interpolation_type", "\"linear\"");
        fields.require("timestep_type", "\"discrete\"");
        fields.require("sigma_min", "null");
        fields.require("sigma_max", "null");
        return of(fields, new DdimSampler(0));
    }

    static Scheduler eulerAncestral(SchedulerFields fields) {
        return of(fields, new DdimSampler(1));
    }

    static Scheduler heun(SchedulerFields fields) {
        return of(fields, new HeunSampler());
    }

    static Scheduler lms(SchedulerFields fields) {
        return of(fields, new LmsSampler(LmsSampler.USUAL_ORDER));
    }

    private static Scheduler of(SchedulerFields fields, Sampler sampler) {
        fields.require("use_beta_sigmas", "false");
        NoiseTable table = NoiseTable.of(fields).endingAt(fields.flag("rescale_betas_zero_snr") ? LEAST_ALPHA_BAR : 0);
        TimestepPath path = new TimestepPath(table, false);
        Spacing spacing = Spacing.of(fields);
        int offset = spacing == Spacing.LEADING ? fields.whole("steps_offset") : 0;
        TimestepGrid grid = new TimestepGrid(
                path,
                steps -> spacing.timesteps(table.steps(), steps, offset),
                Spread.of(fields),
                TimestepGrid.Range.VISITED,
                SolverSchedulers.end(fields));
        OptionalDouble held = fields.flag("clip_sample")
                ? OptionalDouble.of(fields.number("clip_sample_range"))
                : OptionalDouble.empty();
        return new Scheduler(
                path,
                grid,
                new TimestepTarget(Prediction.of(fields), table.steps(), 1, true),
                sampler,
                table.steps(),
                held,
                Optional.empty(),
                spacing != Spacing.LEADING);
    }

    static Scheduler flowEuler(SchedulerFields fields) {
        for (String field : new String[] {
            "use_dynamic_shifting",
            "invert_sigmas",
            "use_karras_sigmas",
            "use_exponential_sigmas",
            "use_beta_sigmas",
            "stochastic_sampling"
        }) {
            fields.require(field, "false");
        }
        fields.require("shift_terminal", "null");
        int levels = fields.whole("num_train_timesteps");
        return new Scheduler(
                new FlowPath(),
                new ShiftedFlowGrid(levels, fields.number("shift")),
                new TimestepTarget(new FlowTarget(), levels, 0, false),
                new DdimSampler(0),
                levels,
                OptionalDouble.empty(),
                Optional.empty(),
                false);
    }
}
