package io.inkstone.models.conditional;

import io.inkstone.layers.Layer;
import org.bytedeco.pytorch.Tensor;

/** What stands behind a residual block and lets every place of its map see others, [N, C, H, W] → the same shape. */
abstract class Looking extends Layer {
    /** @param states of a text [N, T, told]; of no importance to those that read none */
    abstract Tensor apply(Tensor x, Tensor states);

    /** [N, C, H, W] → [N, H·W, C], a view where channels are innermost in memory. */
    static Tensor tokens(Tensor x) {
        return x.permute(0, 2, 3, 1).reshape(x.size(0), x.size(2) * x.size(3), x.size(1));
    }

    static Tensor map(Tensor tokens, Tensor like) {
        return tokens.reshape(like.size(0), like.size(2), like.size(3), like.size(1))
                .permute(0, 3, 1, 2);
    }
}
