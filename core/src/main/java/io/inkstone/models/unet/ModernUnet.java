package io.inkstone.models.unet;

import io.inkstone.condition.Told;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Activation;
import io.inkstone.layers.AdaptiveBlock;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.NearestUpsample;
import io.inkstone.layers.Pool2d;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.TimeFeatures;
import io.inkstone.layers.Unary;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A U-Net of residual blocks that time and context scale and shift (ADM, Dhariwal and Nichol 2021; the embedding as in
 * Karras et al. 2022, appendix F), [N, channels, h, h] → the same shape:
 *
 * <pre>
 * e = SiLU(time(waves of t) + label(context))                          [N, 4·width]
 * x = stem(squares of patch·patch pixels laid side by side)             [N, width, h/patch, h/patch]
 * down0, down1, …   model.blocks residual blocks each; between them the mean of 2×2 places
 * middle            residual block, (attention,) residual block
 * …, up1, up0       as many blocks as on the way down, each over its map joined with the one of its mirror block;
 *                   between them each place becomes 2×2
 * out(SiLU(norm(x)))
 * </pre>
 *
 * Every convolution that ends a branch, out among them, starts at zero. A network that {@linkplain ModernShape#states reads} looks
 * at the states of a text behind every self-attention; its context is what the text says as a whole.
 */
public final class ModernUnet extends Layer implements DiffusionNetwork {
    private final ModernShape shape;
    private final Sequence time;
    private final Linear label;
    private final Conv2d stem;
    private final List<UnetLevel> down = new ArrayList<>();
    private final UnetLevel middle;
    private final List<UnetLevel> up = new ArrayList<>();
    private final Unary norm;
    private final Conv2d out;
    private final Pool2d halve = Pool2d.average(2);
    private final NearestUpsample twice = new NearestUpsample();

    public ModernUnet(Initializer init, ModernShape shape) {
        this.shape = shape;
        int size = shape.embedding();
        AdaptiveBlock.Make make = new AdaptiveBlock.Make(shape.norm(), size, shape.dropout());
        time = child(
                "time",
                new Sequence(
                        new TimeFeatures(shape.width()),
                        new Linear(init, shape.width(), size),
                        Activation.silu(),
                        new Linear(init, size, size)));
        label = child("label", new Linear(init, shape.classes(), size));
        int pixels = shape.channels() * shape.patch() * shape.patch();
        stem = child("stem", Conv2d.same(init, pixels, shape.width()));
        Deque<Integer> skips = new ArrayDeque<>();
        int in = shape.width();
        for (int level = 0; level < shape.levels(); level++) {
            UnetLevel stage = new UnetLevel(shape.states());
            for (int i = 0; i < shape.blocks(); i++) {
                stage.then(init, make, in, shape.features(level), attends(level));
                in = shape.features(level);
                skips.push(in);
            }
            down.add(child("down" + level, stage));
        }
        int innermost = shape.levels() - 1;
        middle = child(
                "middle",
                new UnetLevel(shape.states())
                        .then(init, make, in, in, attends(innermost))
                        .then(init, make, in, in, false));
        for (int level = innermost; level >= 0; level--) {
            UnetLevel stage = new UnetLevel(shape.states());
            for (int i = 0; i < shape.blocks(); i++) {
                stage.then(init, make, in + skips.pop(), shape.features(level), attends(level));
                in = shape.features(level);
            }
            up.add(child("up" + level, stage));
        }
        norm = child("norm", shape.norm().of(init, in));
        out = child("out", Conv2d.zero(init, in, pixels));
    }

    private boolean attends(int level) {
        return shape.attention().contains(level);
    }

    @Override
    public Layer layer() {
        return this;
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    @Override
    public Size size() {
        return shape.size();
    }

    @Override
    public Sizes sizes() {
        return Sizes.multiplesOf(shape.reduction());
    }

    @Override
    public int classes() {
        return shape.classes();
    }

    @Override
    public Tensor apply(Tensor noisy, Tensor times, Told told) {
        require(noisy, times, told);
        return pass(noisy, () -> forward(noisy, embedding(times, told.vector()), states(told, noisy)));
    }

    /** Null for a network that reads none. */
    private Tensor states(Told told, Tensor noisy) {
        if (shape.states() == 0) {
            return null;
        }
        Tensor values = told.text().values();
        Shapes.require("U-Net texts", values, noisy.size(0), Shapes.ANY, shape.states());
        return values;
    }

    /** In float32: bfloat16 cannot tell a thousand times apart. */
    private Tensor embedding(Tensor times, Tensor context) {
        return Precision.inFloat32(() -> {
            Tensor asked = label.apply(context.to(ScalarType.Float));
            return torch.silu(time.apply(times.reshape(-1).to(ScalarType.Float)).add(asked));
        });
    }

    private Tensor forward(Tensor noisy, Tensor embedding, Tensor text) {
        Deque<Tensor> skips = new ArrayDeque<>();
        Tensor x = stem.apply(folded(noisy));
        for (int level = 0; level < down.size(); level++) {
            x = level == 0 ? x : halve.apply(x);
            for (int i = 0; i < down.get(level).size(); i++) {
                x = down.get(level).apply(i, x, embedding, text);
                skips.push(x);
            }
        }
        x = middle.apply(1, middle.apply(0, x, embedding, text), embedding, text);
        for (int step = 0; step < up.size(); step++) {
            x = step == 0 ? x : twice.apply(x);
            for (int i = 0; i < up.get(step).size(); i++) {
                x = up.get(step).apply(i, Tensors.concatenate(1, x, skips.pop()), embedding, text);
            }
        }
        return unfolded(out.apply(torch.silu(norm.apply(x))));
    }

    /** [N, C, h, w] → [N, C·p², h/p, w/p], channels innermost. */
    private Tensor folded(Tensor pictures) {
        Tensor squares = shape.patch() == 1 ? pictures : torch.pixel_unshuffle(pictures, shape.patch());
        return Tensors.channelsLast(squares);
    }

    private Tensor unfolded(Tensor squares) {
        return shape.patch() == 1 ? squares : torch.pixel_shuffle(squares, shape.patch());
    }
}
