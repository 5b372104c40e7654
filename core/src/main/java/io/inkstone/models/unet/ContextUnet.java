package io.inkstone.models.unet;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Told;
import io.inkstone.image.Size;
import io.inkstone.layers.Activation;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.ConvTranspose2d;
import io.inkstone.layers.FeatureEmbedding;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.GroupNorm;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Pool2d;
import io.inkstone.layers.ResidualConvBlock;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A small U-Net (Ronneberger et al. 2015) whose decoder is scaled by a context and shifted by a time at two depths. With
 * n the width and h the side, [N, channels, h, h] → the same shape:
 *
 * <pre>
 * x  = init_conv(x)                          [N,  n, h,   h  ]
 * d1 = down1(x)                              [N,  n, h/2, h/2]
 * d2 = down2(d1)                             [N, 2n, h/4, h/4]
 * v  = to_vec(d2)                            [N, 2n, 1,   1  ]
 * u1 = up0(v)                                [N, 2n, h/4, h/4]
 * u2 = up1([contextembed1·u1 + timeembed1, d2])  [N, n, h/2, h/2]
 * u3 = up2([contextembed2·u2 + timeembed2, d1])  [N, n, h,   h  ]
 * out([u3, x])
 * </pre>
 */
public final class ContextUnet extends Layer implements DiffusionNetwork {
    private final Shape shape;
    private final ResidualConvBlock initConv;
    private final DownBlock down1;
    private final DownBlock down2;
    private final Sequence toVec;
    private final FeatureEmbedding timeEmbed1;
    private final FeatureEmbedding timeEmbed2;
    private final FeatureEmbedding contextEmbed1;
    private final FeatureEmbedding contextEmbed2;
    private final Unary up0;
    private final UpBlock up1;
    private final UpBlock up2;
    private final Sequence out;

    /**
     * The numbers that determine every parameter's shape.
     *
     * @param channels of the pictures, 1 or 3
     * @param width n, features at full size; divisible by 8
     * @param side h, height and width of the pictures; divisible by 4
     * @param classes c, size of the context
     * @param pool side of the window that turns the innermost map into a vector: h/4, or 4 for weights that were trained
     *     so at h = 28, where it sees only the upper left 4×4 of 7×7
     * @param up0 whether u1 grows from the vector v, as published; without, the innermost map takes its place, u1 = GELU(d2)
     */
    public record Shape(int channels, int width, int side, int classes, int pool, boolean up0) {
        private static final int GROUPS = 8;

        public Shape {
            if (channels < 1 || classes < 1) {
                throw new InputException(
                        Words.of("U-Net: channels and classes must be 1 or more, got %d and %d.", channels, classes));
            }
            if (width < GROUPS || width % GROUPS != 0) {
                int near = Math.max(GROUPS, width / GROUPS * GROUPS);
                throw new InputException(Words.of(
                                "U-Net: the width must be divisible by %d, got %d: choose for example %d.",
                                GROUPS, width, near))
                        .about("model.width=" + near);
            }
            if (side < 4 || side % 4 != 0) {
                int below = Math.max(4, side / 4 * 4);
                throw new InputException(Words.of(
                                "U-Net: height and width must be divisible by 4, got %d. Resize the data to %d or %d.",
                                side, below, below + 4))
                        .about("data.size=" + (below + 4));
            }
            if (pool < 1 || side / 4 / pool != 1) {
                throw new InputException(Words.of(
                                "U-Net: a pool of %d does not turn the innermost %d×%d map into one vector. Choose %d to %d; auto is %d.",
                                pool, side / 4, side / 4, side / 8 + 1, side / 4, side / 4))
                        .about("model.pool=auto");
            }
        }

        /** With the pool that sees the whole innermost map. */
        public static Shape of(int channels, int width, int side, int classes) {
            return new Shape(channels, width, side, classes, side / 4, true);
        }
    }

    public ContextUnet(Initializer init, Shape shape) {
        this.shape = shape;
        int n = shape.width();
        int quarter = shape.side() / 4;
        initConv = child("init_conv", ResidualConvBlock.skipping(init, shape.channels(), n));
        down1 = child("down1", new DownBlock(init, n, n));
        down2 = child("down2", new DownBlock(init, n, 2 * n));
        toVec = shape.up0() ? child("to_vec", new Sequence(Pool2d.average(shape.pool()), Activation.gelu())) : null;
        timeEmbed1 = child("timeembed1", new FeatureEmbedding(init, 1, 2 * n));
        timeEmbed2 = child("timeembed2", new FeatureEmbedding(init, 1, n));
        contextEmbed1 = child("contextembed1", new FeatureEmbedding(init, shape.classes(), 2 * n));
        contextEmbed2 = child("contextembed2", new FeatureEmbedding(init, shape.classes(), n));
        up0 = shape.up0() ? child("up0", grown(init, 2 * n, quarter)) : child("up0", Activation.gelu());
        up1 = child("up1", new UpBlock(init, 4 * n, n));
        up2 = child("up2", new UpBlock(init, 2 * n, n));
        out = child(
                "out",
                new Sequence(
                        Conv2d.same(init, 2 * n, n),
                        new GroupNorm(init, Shape.GROUPS, n, 1e-5),
                        Activation.relu(),
                        Conv2d.same(init, n, shape.channels())));
    }

    private static Sequence grown(Initializer init, int features, int side) {
        return new Sequence(
                new ConvTranspose2d(init, features, features, side, side, 0, 0),
                new GroupNorm(init, Shape.GROUPS, features, 1e-5),
                Activation.relu());
    }

    public Shape shape() {
        return shape;
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
        return Size.square(shape.side());
    }

    @Override
    public int classes() {
        return shape.classes();
    }

    @Override
    public Tensor apply(Tensor noisy, Tensor time, Told told) {
        require(noisy, time, told);
        return pass(noisy, () -> forward(noisy, time, told.vector()));
    }

    private Tensor forward(Tensor noisy, Tensor time, Tensor context) {
        List<Tensor> seen = Frozen.shared(this, noisy, () -> seen(noisy));
        Tensor x = seen.get(0);
        Tensor d1 = seen.get(1);
        Tensor d2 = seen.get(2);
        Tensor v = seen.get(3);
        Tensor scale1 = column(contextEmbed1, context, v);
        Tensor shift1 = column(timeEmbed1, time, v);
        Tensor scale2 = column(contextEmbed2, context, v);
        Tensor shift2 = column(timeEmbed2, time, v);
        Tensor u2 = up1.apply(scale1.mul(seen.get(4)).add_(shift1), d2);
        Tensor u3 = up2.apply(scale2.mul(u2).add_(shift2), d1);
        return out.apply(Tensors.concatenate(1, u3, x));
    }

    /** What neither time nor context changes: x, d1, d2, v and u1. */
    private List<Tensor> seen(Tensor noisy) {
        Tensor x = initConv.apply(Tensors.channelsLast(noisy));
        Tensor d1 = down1.apply(x);
        Tensor d2 = down2.apply(d1);
        Tensor v = toVec == null ? d2 : toVec.apply(d2);
        return List.of(x, d1, d2, v, up0.apply(v));
    }

    /** [·, features, 1, 1] in the type of {@code like}. In float32: bfloat16 cannot tell 500 times apart. */
    private static Tensor column(FeatureEmbedding embedding, Tensor input, Tensor like) {
        Tensor features = Precision.inFloat32(() -> embedding.apply(input));
        return features.reshape(-1, features.size(1), 1, 1).to(like.scalar_type());
    }
}
