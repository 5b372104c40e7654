package io.inkstone.models.clip;

import io.inkstone.weights.StoredTensor;
import io.inkstone.weights.WeightSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names under which files keep a text encoder: with a prefix until 2025, without it since. */
public final class ClipTextNames {
    private static final String PREFIX = "text_model.";

    /** A counter from 0 that old files keep; no computation needs it from there. */
    private static final String POSITIONS = "embeddings.position_ids";

    private ClipTextNames() {}

    /** The same weights as {@link ClipTextEncoder} names them. */
    public static WeightSource plain(WeightSource source) {
        Map<String, StoredTensor> plain = new LinkedHashMap<>();
        source.tensors().forEach((name, tensor) -> {
            String own = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
            if (!own.equals(POSITIONS)) {
                plain.put(own, tensor);
            }
        });
        return source.view(plain, List.of());
    }
}
