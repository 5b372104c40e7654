package io.inkstone.models.clip;

import io.inkstone.layers.Activation;
import io.inkstone.layers.CausalAttention;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.LayerNorm;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Unary;
import org.bytedeco.pytorch.Tensor;

/** One layer of the transformer, [N, T, C] → the same shape: attention and a feed-forward part, each after a layer norm and beside a skip. */
final class ClipTextLayer extends Unary {
    private final CausalAttention attention;
    private final LayerNorm norm1;
    private final Linear inner;
    private final Linear outer;
    private final Activation activation;
    private final LayerNorm norm2;

    ClipTextLayer(Initializer init, ClipTextShape shape) {
        attention = child("self_attn", new CausalAttention(init, shape.width(), shape.heads()));
        norm1 = child("layer_norm1", new LayerNorm(init, shape.width(), shape.eps()));
        Mlp mlp = child("mlp", new Mlp(init, shape));
        inner = mlp.inner;
        outer = mlp.outer;
        activation = shape.activation().layer();
        norm2 = child("layer_norm2", new LayerNorm(init, shape.width(), shape.eps()));
    }

    private static final class Mlp extends Layer {
        private final Linear inner;
        private final Linear outer;

        Mlp(Initializer init, ClipTextShape shape) {
            inner = child("fc1", new Linear(init, shape.width(), shape.inner()));
            outer = child("fc2", new Linear(init, shape.inner(), shape.width()));
        }
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor seen = attention.apply(norm1.apply(x)).add(x);
        return outer.apply(activation.apply(inner.apply(norm2.apply(seen)))).add(seen);
    }
}
