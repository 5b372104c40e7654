package io.inkstone.weights.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.weights.lora.LoraModules.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is said of an adapter beside its tensors: alphas and ranks, of all modules and by patterns. diffusers writes it into the
 * header, under {@code unet.} where a pipeline saves and under nothing where a network does; peft into a file of its own.
 */
record AdapterMetadata(JsonNode json) {
    private static final String KEY = "lora_adapter_metadata";
    /** peft's names for its two files, without the ending of the first. */
    private static final String PEFT = "adapter_model.";

    private static final String PEFT_CONFIG = "adapter_config.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The header of pairs for a U-Net. */
    static Map<String, String> ofUnet(int rank, double alpha, List<String> modules) {
        ObjectNode json = JSON.createObjectNode();
        json.put("unet.peft_type", "LORA");
        json.put("unet.r", rank);
        json.put("unet.lora_alpha", alpha);
        ArrayNode targets = json.putArray("unet.target_modules");
        modules.forEach(targets::add);
        return Map.of(KEY, json.toString());
    }

    /** Nothing where the header has none. */
    static AdapterMetadata of(Map<String, String> header) {
        return parse("The file's " + KEY, header.getOrDefault(KEY, "{}"));
    }

    /** Of a file that peft may have written; nothing where neither its header nor a file beside it says anything. */
    static AdapterMetadata of(Map<String, String> header, Path file) throws IOException {
        Path beside = file.resolveSibling(PEFT_CONFIG);
        return header.containsKey(KEY)
                        || !file.getFileName().toString().startsWith(PEFT)
                        || !Files.isRegularFile(beside)
                ? of(header)
                : parse("The " + PEFT_CONFIG + " beside it", Files.readString(beside));
    }

    private static AdapterMetadata parse(String where, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json == null || !json.isObject()) {
                throw new InputException(where + " is no JSON object.");
            }
            return new AdapterMetadata(json);
        } catch (JsonProcessingException broken) {
            throw new InputException(where + " is not JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    /** Alpha ÷ rank, or alpha ÷ √rank where the adapter was trained so; 1 where no alpha is known. */
    double scale(LoraKey.Target target, long rank) {
        String prefix = prefix(target.part());
        if (json.path(prefix + "use_dora").asBoolean(false)) {
            throw new InputException(
                    "The adapter was trained with DoRA, which scales whole columns too: it cannot be read.");
        }
        JsonNode alpha = json.path(prefix + "lora_alpha");
        for (var pattern : json.path(prefix + "alpha_pattern").properties()) {
            if (matches(pattern.getKey(), target.module())) {
                alpha = pattern.getValue();
                break;
            }
        }
        if (!alpha.isNumber()) {
            return 1;
        }
        boolean root = json.path(prefix + "use_rslora").asBoolean(false);
        return alpha.asDouble() / (root ? Math.sqrt(rank) : rank);
    }

    private String prefix(Part part) {
        boolean ofOneNetwork = json.has("lora_alpha") && part == Part.UNET;
        return ofOneNetwork ? "" : part == Part.UNET ? "unet." : "text_encoder.";
    }

    /** A pattern names a module by its end; peft would read signs in it as a regular expression, which no file of ours has. */
    private static boolean matches(String pattern, String module) {
        String plain = pattern.startsWith("^") ? pattern.substring(1) : pattern;
        if (plain.chars().anyMatch(c -> "\\^$|?*+()[]{}".indexOf(c) >= 0)) {
            throw new InputException(
                    Words.of("The adapter's alpha_pattern '%s' is a regular expression, which is not read.", pattern));
        }
        return module.equals(plain) || (!pattern.startsWith("^") && module.endsWith("." + plain));
    }
}
