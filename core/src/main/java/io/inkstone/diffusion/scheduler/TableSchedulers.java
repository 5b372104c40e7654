package io.inkstone.diffusion.scheduler;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.sampler.ConsistencySampler;
import io.inkstone.diffusion.sampler.DdimSampler;
import io.inkstone.diffusion.sampler.DdpmSampler;
import io.inkstone.diffusion.sampler.PlmsSampler;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/** Schedulers that go by whole timesteps of the table: α² + σ² = 1, and pictures start as unit noise. */
final class TableSchedulers {
    private TableSchedulers() {}

    static Scheduler pndm(SchedulerFields fields) {
        fields.require("skip_prk_steps", "true");
        return of(fields, spaced(fields), end(fields), new PlmsSampler(Prediction.of(fields)), Optional.empty());
    }

    static Scheduler ddim(SchedulerFields fields) {
        Scheduler plain = of(fields, spaced(fields), end(fields), new DdimSampler(0), Optional.empty());
        return plain.held().isPresent()
                ? plain.holding(new HeldDdim(0, plain.held().getAsDouble()))
                : plain;
    }

    static Scheduler ddpm(SchedulerFields fields) {
        String variance = fields.word("variance_type", "fixed_small", "fixed_small_log", "fixed_large");
        DdpmSampler sampler = new DdpmSampler(
                variance.equals("fixed_large") ? DdpmSampler.Variance.LARGE : DdpmSampler.Variance.SMALL);
        return of(fields, spaced(fields), TimestepGrid.End.CLEAN, sampler, Optional.empty());
    }

    static Scheduler lcm(SchedulerFields fields) {
        return of(
                fields,
                distilled(fields.whole("num_train_timesteps"), fields.whole("original_inference_steps")),
                TimestepGrid.End.CLEAN,
                new ConsistencySampler(),
                Optional.of(new ConsistencyBoundary(fields.number("timestep_scaling"))));
    }

    private static Scheduler of(
            SchedulerFields fields,
            IntFunction<double[]> visits,
            TimestepGrid.End end,
            Sampler sampler,
            Optional<ConsistencyBoundary> boundary) {
        fields.require("thresholding", "false");
        NoiseTable table = NoiseTable.of(fields);
        TimestepPath path = new TimestepPath(table, true);
        Target target = new TimestepTarget(Prediction.of(fields), table.steps(), 1, true);
        OptionalDouble held = fields.flag("clip_sample")
                ? OptionalDouble.of(fields.number("clip_sample_range"))
                : OptionalDouble.empty();
        TimestepGrid grid = new TimestepGrid(path, visits, Spread.NONE, TimestepGrid.Range.VISITED, end);
        return new Scheduler(path, grid, target, sampler, table.steps(), held, boundary, false);
    }

    private static IntFunction<double[]> spaced(SchedulerFields fields) {
        Spacing spacing = Spacing.of(fields);
        int levels = fields.whole("num_train_timesteps");
        int offset = spacing == Spacing.LEADING ? fields.whole("steps_offset") : 0;
        return steps -> spacing.whole(levels, steps, offset);
    }

    private static TimestepGrid.End end(SchedulerFields fields) {
        return fields.flag("set_alpha_to_one") ? TimestepGrid.End.CLEAN : TimestepGrid.End.FIRST_TIMESTEP;
    }

    /** Of the timesteps that the model was distilled at, n from the noisiest down. */
    private static IntFunction<double[]> distilled(int levels, int original) {
        if (original < 1 || original > levels) {
            throw new InputException(Words.of(
                    "The scheduler's original_inference_steps is %d: 1 to %d, its timesteps, were expected.",
                    original, levels));
        }
        int stride = levels / original;
        return steps -> {
            if (steps > original) {
                throw new InputException(Words.of(
                        "This model was distilled at %d timesteps (original_inference_steps): choose 1 to %d steps, got %d; 4 are usual.",
                        original, original, steps));
            }
            double[] timesteps = new double[steps];
            for (int k = 0; k < steps; k++) {
                timesteps[k] = (double) (original - (int) ((double) original / steps * k)) * stride - 1;
            }
            return timesteps;
        };
    }
}
