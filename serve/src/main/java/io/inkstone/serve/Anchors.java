package io.inkstone.serve;

import io.inkstone.array.NdArray;
import io.inkstone.models.Generates;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;

/** What a model would draw from for given seeds. */
final class Anchors {
    private Anchors() {}

    /** Noise [seeds, C, H, W] or codes [seeds, latent]. */
    static NdArray of(Generates model, List<Long> seeds) {
        try (Scope scope = Scope.open()) {
            return Tensors.toArray(model.start(seeds));
        }
    }
}
