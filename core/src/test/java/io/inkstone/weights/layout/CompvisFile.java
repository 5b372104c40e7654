package io.inkstone.weights.layout;

import io.inkstone.array.NdArray;
import io.inkstone.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Three networks under diffusers' names as one file of CompVis' layout has them. */
public final class CompvisFile {
    private CompvisFile() {}

    /** @param text as transformers has it, with or without its prefix */
    public static Map<String, NdArray> of(WeightSet unet, WeightSet vae, WeightSet text) {
        Map<String, NdArray> all = new LinkedHashMap<>();
        UnetNames names = UnetNames.of(unet.tensors().keySet());
        unet.tensors().forEach((name, tensor) -> all.put("model.diffusion_model." + names.compvis(name), tensor));
        AutoencoderWeights.read(vae)
                .as(Layout.COMPVIS)
                .tensors()
                .forEach((name, tensor) -> all.put("first_stage_model." + name, tensor));
        text.tensors().forEach((name, tensor) -> {
            String own = name.startsWith("text_model.") ? name : "text_model." + name;
            all.put("cond_stage_model.transformer." + own, tensor);
        });
        return all;
    }
}
