package io.inkstone.diffusion.scheduler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What schedulers of diffusers 0.42.1 take where a config is silent, as JSON. The names are all fields that each reads. */
final class SchedulerDefaults {
    private static final String TABLE =
            """
            "num_train_timesteps": 1000, "beta_start": 0.0001, "beta_end": 0.02, "beta_schedule": "linear",
            "trained_betas": null, "prediction_type": "epsilon", "steps_offset": 0""";
    private static final String CLIPPED =
            """
            , "thresholding": false, "dynamic_thresholding_ratio": 0.995, "clip_sample_range": 1.0,
            "sample_max_value": 1.0, "timestep_spacing": "leading", "rescale_betas_zero_snr": false""";
    private static final String SPREAD =
            """
            , "use_karras_sigmas": false, "use_exponential_sigmas": false, "use_beta_sigmas": false,
            "timestep_spacing": "linspace\"""";
    private static final String SOLVER =
            """
            , "solver_order": 2, "thresholding": false, "dynamic_thresholding_ratio": 0.995, "sample_max_value": 1.0,
            "lower_order_final": true, "use_flow_sigmas": false, "flow_shift": 1.0, "final_sigmas_type": "zero",
            "rescale_betas_zero_snr": false, "use_dynamic_shifting": false, "time_shift_type": "exponential\"""";

    static final JsonNode PNDM =
            json(TABLE, ", \"skip_prk_steps\": false, \"set_alpha_to_one\": false, \"timestep_spacing\": \"leading\"");
    static final JsonNode DDIM = json(TABLE, CLIPPED, ", \"clip_sample\": true, \"set_alpha_to_one\": true");
    static final JsonNode DDPM = json(TABLE, CLIPPED, ", \"clip_sample\": true, \"variance_type\": \"fixed_small\"");
    static final JsonNode LCM = json(
            TABLE.replace("0.0001", "0.00085").replace("0.02", "0.012").replace("linear", "scaled_linear"),
            CLIPPED,
            ", \"clip_sample\": false, \"set_alpha_to_one\": true, \"original_inference_steps\": 50, \"timestep_scaling\": 10.0");
    static final JsonNode EULER = json(
            TABLE,
            SPREAD,
            ", \"interpolation_type\": \"linear\", \"sigma_min\": null, \"sigma_max\": null, \"timestep_type\": \"discrete\", \"rescale_betas_zero_snr\": false, \"final_sigmas_type\": \"zero\"");
    static final JsonNode EULER_ANCESTRAL =
            json(TABLE, ", \"timestep_spacing\": \"linspace\", \"rescale_betas_zero_snr\": false");
    static final JsonNode HEUN = json(
            TABLE.replace("0.0001", "0.00085").replace("0.02", "0.012"),
            SPREAD,
            ", \"clip_sample\": false, \"clip_sample_range\": 1.0");
    static final JsonNode LMS = json(TABLE, SPREAD);
    static final JsonNode DPM_SOLVER = json(
            TABLE,
            SPREAD,
            SOLVER,
            ", \"algorithm_type\": \"dpmsolver++\", \"solver_type\": \"midpoint\", \"euler_at_final\": false, \"use_lu_lambdas\": false, \"lambda_min_clipped\": \"-inf\", \"variance_type\": null");
    static final JsonNode UNIPC = json(
            TABLE,
            SPREAD,
            SOLVER,
            ", \"predict_x0\": true, \"solver_type\": \"bh2\", \"disable_corrector\": [], \"solver_p\": null, \"sigma_min\": null, \"sigma_max\": null, \"shift_terminal\": null");
    static final JsonNode FLOW_EULER = json(
            "\"num_train_timesteps\": 1000, \"shift\": 1.0, \"use_dynamic_shifting\": false, \"base_shift\": 0.5, \"max_shift\": 1.15, \"base_image_seq_len\": 256, \"max_image_seq_len\": 4096, \"invert_sigmas\": false, \"shift_terminal\": null, \"use_karras_sigmas\": false, \"use_exponential_sigmas\": false, \"use_beta_sigmas\": false, \"time_shift_type\": \"exponential\", \"stochastic_sampling\": false");

    private SchedulerDefaults() {}

    private static JsonNode json(String... parts) {
        try {
            return new ObjectMapper().readTree("{" + String.join("", parts) + "}");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
