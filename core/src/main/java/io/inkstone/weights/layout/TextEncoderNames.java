package io.inkstone.weights.layout;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.weights.StoredTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CLIP's text encoder under the names of transformers ({@code text_model.encoder.layers.0.self_attn.q_proj.weight}; since
 * version 5 without {@code text_model.}) and of OpenCLIP ({@code transformer.resblocks.0.attn.in_proj_weight}, where query,
 * key and value are one tensor).
 */
public final class TextEncoderNames {
    /** Before the names of transformers until its version 4. */
    public static final String PREFIX = "text_model.";

    /** A count of positions, which every program makes anew. */
    private static final String POSITIONS = "embeddings.position_ids";

    private static final Pattern BLOCK = Pattern.compile("transformer\\.resblocks\\.(\\d{1,3})\\.(.+)");
    private static final Pattern LAYER = Pattern.compile("encoder\\.layers\\.(\\d{1,3})\\.(.+)");
    private static final List<String> HEADS = List.of("q_proj", "k_proj", "v_proj");

    private static final Map<String, String> TOP = Map.of(
            "positional_embedding", "embeddings.position_embedding.weight",
            "token_embedding.weight", "embeddings.token_embedding.weight",
            "ln_final.weight", "final_layer_norm.weight",
            "ln_final.bias", "final_layer_norm.bias");

    private static final Map<String, String> PARTS = Map.of(
            "ln_1", "layer_norm1",
            "ln_2", "layer_norm2",
            "mlp.c_fc", "mlp.fc1",
            "mlp.c_proj", "mlp.fc2",
            "attn.out_proj", "self_attn.out_proj");

    private TextEncoderNames() {}

    /** The same tensors with {@code text_model.} before every name, or without; counts of positions are left out. */
    public static Map<String, StoredTensor> spelled(Map<String, StoredTensor> tensors, boolean prefixed) {
        Map<String, StoredTensor> spelled = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
            // the projection of CLIPTextModelWithProjection never had the prefix
            String own = prefixed && !bare.startsWith("text_projection") ? PREFIX + bare : bare;
            if (!bare.equals(POSITIONS)) {
                spelled.put(own, tensor);
            }
        });
        return spelled;
    }

    /**
     * From OpenCLIP's names to transformers', without prefix; the fused projections are split, nothing is read.
     *
     * @param tensors names as behind {@code cond_stage_model.model.}
     * @param layers how many are taken, the first ones
     * @param left told the names that have no place
     */
    public static Map<String, StoredTensor> fromOpenClip(
            Map<String, StoredTensor> tensors, int layers, List<String> left) {
        Map<String, StoredTensor> own = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            Matcher block = BLOCK.matcher(name);
            if (TOP.containsKey(name)) {
                own.put(TOP.get(name), tensor);
            } else if (!block.matches() || Integer.parseInt(block.group(1)) >= layers) {
                left.add(name);
            } else if (!layer("encoder.layers." + block.group(1) + ".", block.group(2), tensor, own)) {
                left.add(name);
            }
        });
        return own;
    }

    private static boolean layer(String prefix, String name, StoredTensor tensor, Map<String, StoredTensor> own) {
        if (name.equals("attn.in_proj_weight") || name.equals("attn.in_proj_bias")) {
            long rows = tensor.shape().length == 0 ? 0 : tensor.shape()[0];
            if (rows % HEADS.size() != 0) {
                throw new InputException(Words.of("%s has %d rows, which are not query, key and value.", name, rows));
            }
            long third = rows / HEADS.size();
            String end = name.endsWith("bias") ? ".bias" : ".weight";
            for (int i = 0; i < HEADS.size(); i++) {
                own.put(prefix + "self_attn." + HEADS.get(i) + end, tensor.rows(i * third, third));
            }
            return true;
        }
        int dot = name.lastIndexOf('.');
        String part = dot < 0 ? null : PARTS.get(name.substring(0, dot));
        if (part != null) {
            own.put(prefix + part + name.substring(dot), tensor);
        }
        return part != null;
    }

    /** How many blocks an encoder under OpenCLIP's names has. */
    public static int openClipLayers(Iterable<String> names) {
        int layers = 0;
        for (String name : names) {
            Matcher block = BLOCK.matcher(name);
            layers = block.matches() ? Math.max(layers, 1 + Integer.parseInt(block.group(1))) : layers;
        }
        return layers;
    }

    /** From transformers' names, with or without prefix, to OpenCLIP's; query, key and value are joined. */
    public static Map<String, StoredTensor> toOpenClip(Map<String, StoredTensor> tensors) throws IOException {
        Map<String, StoredTensor> bare = spelled(tensors, false);
        Map<String, StoredTensor> theirs = new LinkedHashMap<>();
        for (var named : bare.entrySet()) {
            Matcher layer = LAYER.matcher(named.getKey());
            if (!layer.matches()) {
                theirs.put(original(TOP, named.getKey()), named.getValue());
                continue;
            }
            String prefix = "transformer.resblocks." + layer.group(1) + ".";
            String part = layer.group(2);
            String module = part.substring(0, part.lastIndexOf('.'));
            String end = part.substring(part.lastIndexOf('.'));
            if (module.equals("self_attn.q_proj")) {
                List<NdArray> parts = new ArrayList<>();
                for (String head : HEADS) {
                    parts.add(required(bare, "encoder.layers." + layer.group(1) + ".self_attn." + head + end)
                            .array());
                }
                String fused = prefix + "attn.in_proj_" + end.substring(1);
                theirs.put(fused, StoredTensor.of(NdArray.joined(parts)));
            } else if (!module.equals("self_attn.k_proj") && !module.equals("self_attn.v_proj")) {
                theirs.put(prefix + original(PARTS, module) + end, named.getValue());
            }
        }
        return theirs;
    }

    private static StoredTensor required(Map<String, StoredTensor> tensors, String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InputException("The text encoder lacks " + name + ".");
        }
        return tensor;
    }

    private static String original(Map<String, String> names, String own) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(own))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(own);
    }
}
