package io.inkstone.models.clip;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Embedding;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.LayerNorm;
import io.inkstone.layers.Numbered;
import io.inkstone.layers.Unary;
import io.inkstone.tensor.Shapes;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The text encoder of CLIP (Radford et al. 2021, section 2.4), ids [N, T] → states [N, T, C]: a transformer in which every
 * position sees those before it.
 *
 * <p>Parameters have the names of {@code CLIPTextModel}, without the prefix {@code text_model.} that files of earlier years
 * have: {@code embeddings.token_embedding.weight}, {@code encoder.layers.0.self_attn.q_proj.weight}, …,
 * {@code final_layer_norm.bias}.
 */
public final class ClipTextEncoder extends Unary {
    private final ClipTextShape shape;
    private final Embedding tokens;
    private final Embedding positions;
    private final Numbered<ClipTextLayer> layers;
    private final LayerNorm norm;

    public ClipTextEncoder(Initializer init, ClipTextShape shape) {
        this.shape = shape;
        Embeddings embeddings = child("embeddings", new Embeddings(init, shape));
        tokens = embeddings.tokens;
        positions = embeddings.positions;
        layers = child("encoder", new Encoder()).layers;
        for (int i = 0; i < shape.layers(); i++) {
            layers.add(new ClipTextLayer(init, shape));
        }
        norm = child("final_layer_norm", new LayerNorm(init, shape.width(), shape.eps()));
    }

    private static final class Embeddings extends Layer {
        private final Embedding tokens;
        private final Embedding positions;

        Embeddings(Initializer init, ClipTextShape shape) {
            tokens = child("token_embedding", new Embedding(init, shape.vocabulary(), shape.width()));
            positions = child("position_embedding", new Embedding(init, shape.positions(), shape.width()));
        }
    }

    private static final class Encoder extends Layer {
        private final Numbered<ClipTextLayer> layers = child("layers", new Numbered<>());
    }

    public ClipTextShape shape() {
        return shape;
    }

    /** The last states, after the final norm. */
    @Override
    protected Tensor forward(Tensor ids) {
        return statesOf(ids, 0);
    }

    @Override
    protected Tensor outline(Tensor ids) {
        return torch.zeros(new long[] {ids.size(0), ids.size(1), shape.width()}, options());
    }

    /**
     * The states after all layers but the last {@code skipped} ("clip skip": 1 gives the penultimate layer), after the final
     * norm.
     *
     * @param ids int64 [N, T] with T up to {@link ClipTextShape#positions}
     * @return [N, T, C]
     */
    public Tensor states(Tensor ids, int skipped) {
        return pass(ids, () -> statesOf(ids, skipped));
    }

    private Tensor statesOf(Tensor ids, int skipped) {
        return norm.apply(rawOf(ids, skipped));
    }

    /** The same before the final norm. */
    public Tensor raw(Tensor ids, int skipped) {
        return pass(ids, () -> rawOf(ids, skipped));
    }

    private Tensor rawOf(Tensor ids, int skipped) {
        Shapes.require("Ids of texts", ids, Shapes.ANY, Shapes.ANY);
        if (skipped < 0 || skipped >= shape.layers()) {
            throw new InputException(Words.of(
                    "The text encoder has %d layers; 0 to %d of them can be skipped, not %d.",
                    shape.layers(), shape.layers() - 1, skipped));
        }
        long length = ids.size(1);
        if (length > shape.positions()) {
            throw new InputException(Words.of(
                    "The text encoder takes %d ids at most, got %d: cut the text, or encode it in parts.",
                    shape.positions(), length));
        }
        Tensor x = tokens.apply(ids).add(positions.rows().narrow(0, 0, length));
        for (int i = 0; i < shape.layers() - skipped; i++) {
            Tensor before = x;
            x = layers.get(i).apply(x);
            spent(before);
        }
        return x;
    }

    /**
     * Of the last states, those at each text's end: the first end mark, or the highest id where the configuration says so;
     * position 0 where there is none.
     *
     * @param ids [N, T]
     * @param last [N, T, C] as {@link #states} gives them without skipping
     * @return [N, C]
     */
    public Tensor pooled(Tensor ids, Tensor last) {
        Tensor mark = shape.end().isHighest()
                ? ids
                : ids.eq(new Scalar(shape.end().id())).to(ScalarType.Int);
        Tensor at = mark.argmax(new LongOptional(1), false);
        Tensor rows = at.reshape(-1, 1, 1).expand(at.size(0), 1, last.size(2));
        return last.gather(1, rows).squeeze(1);
    }
}
