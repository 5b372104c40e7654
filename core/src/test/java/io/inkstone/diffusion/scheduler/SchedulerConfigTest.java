package io.inkstone.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.DdimSampler;
import io.inkstone.diffusion.sampler.DpmSolverPlusPlusSampler;
import io.inkstone.diffusion.sampler.PlmsSampler;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.diffusion.target.NoiseTarget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulerConfigTest {
    /** As stable-diffusion-v1-5 has it. */
    private static final String STABLE =
            """
            {"_class_name": "PNDMScheduler", "_diffusers_version": "0.6.0", "beta_end": 0.012,
             "beta_schedule": "scaled_linear", "beta_start": 0.00085, "num_train_timesteps": 1000,
             "set_alpha_to_one": false, "skip_prk_steps": true, "steps_offset": 1, "trained_betas": null,
             "clip_sample": false}""";

    @Test
    void readsWhatTheFileSaysAndDefaultsForTheRest() {
        SchedulerConfig config = SchedulerConfig.parse(STABLE);
        Scheduler scheduler = config.scheduler();
        assertThat(config.kind()).isEqualTo(SchedulerKind.PNDM);
        assertThat(config.passedOver()).containsExactly("clip_sample");
        assertThat(scheduler.sampler()).isEqualTo(new PlmsSampler(new NoiseTarget()));
        List<Level> levels = scheduler.levels(50);
        assertThat(levels.stream().mapToDouble(scheduler::timestep).toArray())
                .startsWith(981, 961)
                .endsWith(21, 1, 0);
        // Not quite clean: set_alpha_to_one is false, and ᾱ at timestep 0 is 1 − β.
        assertThat(levels.get(50).alpha()).isCloseTo(Math.sqrt(1 - 0.00085), within(1e-12));
        assertThat(scheduler.startScale(levels)).isEqualTo(1);
    }

    @Test
    void anotherSamplerReadsTheSameFile() {
        SchedulerConfig euler = SchedulerConfig.parse(STABLE).with(SamplerChoice.EULER);
        assertThat(euler.kind()).isEqualTo(SchedulerKind.EULER);
        assertThat(euler.scheduler().sampler()).isEqualTo(new DdimSampler(0));
        // The file says no spacing, so this scheduler's own holds: the whole table.
        Scheduler scheduler = euler.scheduler();
        assertThat(scheduler.timestep(scheduler.levels(10).get(0))).isEqualTo(999);
        assertThat(scheduler.startScale(scheduler.levels(10))).isCloseTo(14.6146, within(1e-4));
        Scheduler leading = euler.with(GridChoice.LEADING).scheduler();
        assertThat(leading.timestep(leading.levels(10).get(0))).isEqualTo(901);
        SchedulerConfig karras =
                SchedulerConfig.parse(STABLE).with(SamplerChoice.DPMPP_2M_SDE).with(GridChoice.KARRAS);
        assertThat(karras.scheduler().sampler())
                .isEqualTo(new DpmSolverPlusPlusSampler(true, 2, DpmSolverPlusPlusSampler.Form.MIDPOINT, true, false));
        assertThat(karras.scheduler().levels(20).get(0).ratio()).isCloseTo(14.6146, within(1e-4));
    }

    /** Every name that options know draws from the file, or says why not. */
    @ParameterizedTest
    @EnumSource
    void everyNameIsKnownToSchedulersToo(SamplerChoice choice) {
        SchedulerConfig config = SchedulerConfig.parse(STABLE);
        if (choice == SamplerChoice.DDPM_ZERO) {
            assertThatThrownBy(() -> config.with(choice)).isInstanceOf(InputException.class);
        } else {
            assertThat(config.with(choice).scheduler().levels(4)).hasSize(5);
        }
    }

    @Test
    void filesOfTheFirstMonthsAreTakenAsThePipelineTakesThem() {
        SchedulerConfig old = SchedulerConfig.parse(
                "{\"_class_name\": \"DDIMScheduler\", \"beta_schedule\": \"scaled_linear\", \"beta_start\": 0.00085, \"beta_end\": 0.012}");
        assertThat(old.scheduler().sampler()).isEqualTo(new HeldDdim(0, 1));
        SchedulerConfig mended = old.forStableDiffusion();
        assertThat(mended.scheduler().sampler()).isEqualTo(new DdimSampler(0));
        assertThat(mended.scheduler().timestep(mended.scheduler().levels(10).get(0)))
                .isEqualTo(901);
    }

    /** What would change pictures and is not known is named, with what it says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"_class_name": "PNDMScheduler", "skip_prk_steps": true, "beta_shift": 3}       | says beta_shift 3, which no known scheduler reads
            {"_class_name": "PNDMScheduler", "skip_prk_steps": true, "timestep_spacin": "x"} | Did you mean timestep_spacing?
            {"_class_name": "PNDMScheduler"}                                                | says skip_prk_steps false
            {"_class_name": "PNDMScheduler", "skip_prk_steps": true, "timestep_spacing": "even"} | leading, trailing, linspace
            {"_class_name": "DDIMScheduler", "thresholding": true}                          | says thresholding true
            {"_class_name": "DDIMScheduler", "prediction_type": "flow"}                     | epsilon, v_prediction, sample
            {"_class_name": "DDIMScheduler", "beta_start": "much"}                          | a number
            {"_class_name": "DDIMScheduler", "beta_end": 1.5}                               | above 0 and below 1
            {"_class_name": "DDIMScheduler", "num_train_timesteps": 1}                      | 2 to 1,000,000
            {"_class_name": "DDIMScheduler", "num_train_timesteps": 10.5}                   | a whole number
            {"_class_name": "DDIMScheduler", "clip_sample": 1}                              | true or false
            {"_class_name": "DDIMScheduler", "trained_betas": ["a", "b"]}                   | a list of numbers
            {"_class_name": "EulerDiscreteScheduler", "timestep_type": "continuous"}        | timestep_type
            {"_class_name": "DPMSolverMultistepScheduler", "algorithm_type": "dpmsolver"}   | dpmsolver++
            {"_class_name": "DPMSolverMultistepScheduler", "use_beta_sigmas": true}         | use_beta_sigmas
            {"_class_name": "UniPCMultistepScheduler", "solver_type": "bh1"}                | bh2
            {"_class_name": "UniPCMultistepScheduler", "solver_order": 5}                   | 1, 2 or 3, got 5
            {"_class_name": "FlowMatchEulerDiscreteScheduler", "use_dynamic_shifting": true} | use_dynamic_shifting
            {"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 0}                  | shift is a number above 0
            {"_class_name": "LCMScheduler", "original_inference_steps": 0}                  | original_inference_steps
            {"_class_name": "TCDScheduler"}                                                 | TCDScheduler', which is not known here
            {"beta_start": 1}                                                               | _class_name
            [1                                                                              | is not JSON
            """)
    void refuses(String text, String words) {
        assertThatThrownBy(() -> SchedulerConfig.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    @Test
    void refusesStepsThatItCannotMake() {
        Scheduler plms = SchedulerConfig.parse(STABLE).scheduler();
        assertThatThrownBy(() -> plms.levels(1001)).hasMessageContaining("1 to 1000 steps, got 1001");
        assertThatThrownBy(() -> plms.levels(1000)).hasMessageContaining("timestep 1000");
        Scheduler lcm =
                SchedulerConfig.parse(STABLE).with(SamplerChoice.CONSISTENCY).scheduler();
        assertThatThrownBy(() -> lcm.levels(51)).hasMessageContaining("1 to 50 steps, got 51");
        Scheduler solver =
                SchedulerConfig.parse(STABLE).with(SamplerChoice.UNIPC).scheduler();
        assertThatThrownBy(() -> solver.levels(1000)).hasMessageContaining("stand still");
    }

    /** n = 61 is one of the numbers for which diffusers' own list has one timestep too many, −1. */
    @Test
    void trailingTimestepsAreAsManyAsAskedFor() {
        Scheduler scheduler = SchedulerConfig.parse(STABLE)
                .with(SamplerChoice.DDIM)
                .with(GridChoice.TRAILING)
                .scheduler();
        for (int steps = 1; steps <= 1000; steps++) {
            List<Level> levels = scheduler.levels(steps);
            assertThat(levels).hasSize(steps + 1);
            assertThat(scheduler.timestep(levels.get(0))).isEqualTo(999);
        }
    }

    @Test
    void theStraightPathHasItsOwnSampler() {
        SchedulerConfig flow =
                SchedulerConfig.parse("{\"_class_name\": \"FlowMatchEulerDiscreteScheduler\", \"shift\": 3.0}");
        assertThat(flow.with(SamplerChoice.EULER)).isEqualTo(flow);
        assertThatThrownBy(() -> flow.with(SamplerChoice.UNIPC)).hasMessageContaining("straight path");
        assertThatThrownBy(() -> flow.with(GridChoice.LEADING)).hasMessageContaining("no grid 'leading'");
    }

    /** The formula of the papers at w = 7.5, and a zero for an odd size. */
    @Test
    void tellsTheWeightOfGuidance() {
        float[] embedding = GuidanceEmbedding.of(7.5, 9);
        double[] frequencies = {1, Math.pow(10_000, -1 / 3.0), Math.pow(10_000, -2 / 3.0), 1e-4};
        for (int i = 0; i < 4; i++) {
            assertThat(embedding[i]).isCloseTo((float) Math.sin(6500 * frequencies[i]), within(1e-6f));
            assertThat(embedding[4 + i]).isCloseTo((float) Math.cos(6500 * frequencies[i]), within(1e-6f));
        }
        assertThat(embedding[8]).isZero();
        assertThatThrownBy(() -> GuidanceEmbedding.of(7.5, 2)).hasMessageContaining("4 or more, got 2");
    }
}
