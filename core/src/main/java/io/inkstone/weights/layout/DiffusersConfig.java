package io.inkstone.weights.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;

/**
 * What the {@code config.json} of diffusers' {@code AutoencoderKL} says that shapes do not.
 *
 * @param scale by which latents are multiplied to have a standard deviation of 1; diffusers' default is 0.18215
 * @param shift taken off latents before they are scaled; 0 where there is none
 * @param normGroups groups of its group normalisation
 * @param activation between its layers
 */
public record DiffusersConfig(double scale, double shift, int normGroups, String activation) {
    private static final double DEFAULT_SCALE = 0.18215;
    private static final int DEFAULT_GROUPS = 32;

    /** Reads the text of a {@code config.json}. */
    public static DiffusersConfig parse(String text) {
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            if (json == null || !json.isObject()) {
                throw new InputException("config.json holds no JSON object: give a folder that diffusers has saved.");
            }
            return new DiffusersConfig(
                    json.path("scaling_factor").asDouble(DEFAULT_SCALE),
                    json.path("shift_factor").asDouble(0),
                    json.path("norm_num_groups").asInt(DEFAULT_GROUPS),
                    json.path("act_fn").asText("silu"));
        } catch (JsonProcessingException broken) {
            throw new InputException(
                    "config.json is not JSON: "
                            + broken.getOriginalMessage().lines().findFirst().orElse("unreadable") + ".",
                    broken);
        }
    }

    /** Refuses what would load and then compute something else. */
    public void requireUsable() {
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new InputException(
                    Words.of("config.json says scaling_factor %s; a number above 0 was expected.", scale));
        }
        if (!activation.equals("silu") && !activation.equals("swish")) {
            throw new InputException(Words.of(
                    "config.json says act_fn '%s'; the autoencoder uses silu, so these weights would compute something else here.",
                    activation));
        }
    }
}
