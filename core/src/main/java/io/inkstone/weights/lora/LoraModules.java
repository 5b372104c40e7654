package io.inkstone.weights.lora;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The modules of a model that a LoRA file may change: those with a weight of two or more dimensions. */
public final class LoraModules {
    /** Which network of a model. */
    public enum Part {
        UNET,
        TEXT_ENCODER
    }

    private static final String WEIGHT = ".weight";
    private static final String PREFIX = "text_model.";

    private final Map<Part, Map<String, long[]>> shapes = new HashMap<>();
    private final Map<Part, Map<String, String>> spellings = new HashMap<>();

    /**
     * @param unet shapes by the names of parameters, as diffusers has them
     * @param textEncoder the same as transformers has them, with or without {@code text_model.}; may be empty
     */
    public LoraModules(Map<String, long[]> unet, Map<String, long[]> textEncoder) {
        index(Part.UNET, unet);
        index(Part.TEXT_ENCODER, textEncoder);
    }

    private void index(Part part, Map<String, long[]> parameters) {
        Map<String, long[]> own = new LinkedHashMap<>();
        Map<String, String> spelled = new HashMap<>();
        parameters.forEach((name, shape) -> {
            if (name.endsWith(WEIGHT) && shape.length >= 2) {
                String module = name.substring(0, name.length() - WEIGHT.length());
                own.put(module, shape);
                String bare = module.startsWith(PREFIX) ? module.substring(PREFIX.length()) : module;
                for (String form : part == Part.UNET ? new String[] {module} : new String[] {bare, PREFIX + bare}) {
                    spelled.put(form, module);
                    spelled.put(form.replace('.', '_'), module);
                }
            }
        });
        shapes.put(part, own);
        spellings.put(part, spelled);
    }

    /** The module that a file means, spelled with dots or with underscores for them. */
    Optional<String> find(Part part, String spelled) {
        return Optional.ofNullable(spellings.get(part).get(spelled));
    }

    /** The shape of a module's weight. */
    Optional<long[]> shape(LoraKey.Target target) {
        return Optional.ofNullable(shapes.get(target.part()).get(target.module()));
    }
}
