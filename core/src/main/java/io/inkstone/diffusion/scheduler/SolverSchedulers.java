package io.inkstone.diffusion.scheduler;

import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.sampler.DpmSolverPlusPlusSampler;
import io.inkstone.diffusion.sampler.UniPcSampler;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/** Schedulers that solve with several guesses along λ. They go by whole timesteps, n of a division into n + 1. */
final class SolverSchedulers {
    private SolverSchedulers() {}

    static Scheduler dpmSolver(SchedulerFields fields) {
        fields.require("use_lu_lambdas", "false");
        fields.require("variance_type", "null");
        // Words of other solvers stand for its own, as they do in diffusers.
        String algorithm = fields.word("algorithm_type", "dpmsolver++", "sde-dpmsolver++", "deis");
        String form = fields.word("solver_type", "midpoint", "heun", "logrho", "bh1", "bh2");
        Sampler sampler = new DpmSolverPlusPlusSampler(
                algorithm.startsWith("sde"),
                fields.whole("solver_order"),
                form.equals("heun") ? DpmSolverPlusPlusSampler.Form.HEUN : DpmSolverPlusPlusSampler.Form.MIDPOINT,
                fields.flag("lower_order_final"),
                fields.flag("euler_at_final"));
        boolean rounds = fields.flag("use_karras_sigmas")
                && !fields.word("beta_schedule", "linear", "scaled_linear", "squaredcos_cap_v2")
                        .equals("squaredcos_cap_v2");
        NoiseTable table = table(fields);
        int known = table.steps() - table.below(fields.number("lambda_min_clipped"));
        return of(fields, table, known, rounds, sampler);
    }

    static Scheduler uniPc(SchedulerFields fields) {
        fields.require("predict_x0", "true");
        fields.require("disable_corrector", "[]");
        fields.require("solver_p", "null");
        fields.require("sigma_min", "null");
        fields.require("sigma_max", "null");
        fields.word("solver_type", "bh2", "midpoint", "heun", "logrho");
        if (Spread.of(fields) != Spread.NONE) {
            fields.require("final_sigmas_type", "\"zero\"");
        }
        Sampler sampler = new UniPcSampler(fields.whole("solver_order"), fields.flag("lower_order_final"));
        NoiseTable table = table(fields);
        return of(fields, table, table.steps(), fields.flag("use_karras_sigmas"), sampler);
    }

    private static NoiseTable table(SchedulerFields fields) {
        return NoiseTable.of(fields)
                .endingAt(fields.flag("rescale_betas_zero_snr") ? SigmaSchedulers.LEAST_ALPHA_BAR : 0);
    }

    /** @param known timesteps from the clean end that are visited at all */
    private static Scheduler of(SchedulerFields fields, NoiseTable table, int known, boolean rounds, Sampler sampler) {
        for (String field :
                new String[] {"thresholding", "use_beta_sigmas", "use_flow_sigmas", "use_dynamic_shifting"}) {
            fields.require(field, "false");
        }
        TimestepPath path = new TimestepPath(table, true);
        TimestepGrid grid = new TimestepGrid(
                path,
                visits(fields, table.steps(), known),
                Spread.of(fields),
                rounds ? TimestepGrid.Range.WHOLE_ROUNDED : TimestepGrid.Range.WHOLE_CUT,
                end(fields));
        return new Scheduler(
                path,
                grid,
                new TimestepTarget(Prediction.of(fields), table.steps(), 1, true),
                sampler,
                table.steps(),
                OptionalDouble.empty(),
                Optional.empty(),
                false);
    }

    private static IntFunction<double[]> visits(SchedulerFields fields, int levels, int known) {
        Spacing spacing = Spacing.of(fields);
        int offset = spacing == Spacing.LEADING ? fields.whole("steps_offset") : 0;
        return steps -> spacing.withoutLast(spacing == Spacing.TRAILING ? levels : known, steps, offset);
    }

    /** {@code final_sigmas_type}; schedulers without the field end clean. */
    static TimestepGrid.End end(SchedulerFields fields) {
        if (!fields.kind().defaults().has("final_sigmas_type")) {
            return TimestepGrid.End.CLEAN;
        }
        return fields.word("final_sigmas_type", "zero", "sigma_min").equals("zero")
                ? TimestepGrid.End.CLEAN
                : TimestepGrid.End.FIRST_TIMESTEP;
    }
}
