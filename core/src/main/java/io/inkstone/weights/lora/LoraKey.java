package io.inkstone.weights.lora;

import io.inkstone.weights.lora.LoraModules.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a name in a LoRA file means. Read are kohya's ({@code lora_unet_…_to_q.lora_down.weight}, {@code lora_te_…}), and
 * under {@code unet.} and {@code text_encoder.} peft's ({@code ….lora_A.weight}), diffusers' ({@code ….lora.down.weight},
 * {@code ….lora_linear_layer.down.weight}) and its old one ({@code ….processor.to_q_lora.down.weight}).
 *
 * @param half of the module's pair
 */
record LoraKey(Target target, Half half) {
    /** A module of one network. */
    record Target(Part part, String module) {}

    enum Half {
        DOWN,
        UP,
        ALPHA
    }

    private static final Map<String, Half> ENDS = new LinkedHashMap<>();

    static {
        for (String down :
                new String[] {".lora_down", ".lora_A", ".lora_A.default", ".lora.down", ".lora_linear_layer.down"}) {
            ENDS.put(down + ".weight", Half.DOWN);
            ENDS.put(up(down) + ".weight", Half.UP);
        }
        ENDS.put("_lora.down.weight", Half.DOWN);
        ENDS.put("_lora.up.weight", Half.UP);
        ENDS.put(".alpha", Half.ALPHA);
    }

    private static final Map<String, Part> BEGINNINGS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put("lora_unet_", Part.UNET);
        BEGINNINGS.put("lora_te_", Part.TEXT_ENCODER);
        BEGINNINGS.put("unet.", Part.UNET);
        BEGINNINGS.put("text_encoder.", Part.TEXT_ENCODER);
        BEGINNINGS.put("base_model.model.", Part.UNET);
        BEGINNINGS.put("", Part.UNET);
    }

    /** {@code attn1.processor.to_q_lora}: the processor stood between a block and its projections. */
    private static final Pattern PROCESSOR = Pattern.compile("(.*)\\.processor\\.(to_q|to_k|to_v|to_out)");

    private static String up(String down) {
        return down.replace("down", "up").replace("lora_A", "lora_B");
    }

    /** Null if the name is in none of the spellings or no module is meant. */
    static LoraKey parse(String name, LoraModules modules) {
        for (var end : ENDS.entrySet()) {
            if (name.endsWith(end.getKey())) {
                String module = name.substring(0, name.length() - end.getKey().length());
                Target target = target(module, modules);
                if (target != null) {
                    return new LoraKey(target, end.getValue());
                }
            }
        }
        return null;
    }

    private static Target target(String spelled, LoraModules modules) {
        for (var beginning : BEGINNINGS.entrySet()) {
            if (spelled.startsWith(beginning.getKey())) {
                String rest = spelled.substring(beginning.getKey().length());
                Optional<String> module = modules.find(beginning.getValue(), plain(rest));
                if (module.isPresent()) {
                    return new Target(beginning.getValue(), module.get());
                }
            }
        }
        return null;
    }

    private static String plain(String rest) {
        Matcher processor = PROCESSOR.matcher(rest);
        if (!processor.matches()) {
            return rest;
        }
        String projection = processor.group(2);
        return processor.group(1) + "." + (projection.equals("to_out") ? "to_out.0" : projection);
    }
}
