package io.inkstone.layers;

import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * {@link NearestUpsample} and the 3×3 convolution that follows it as the one transposed convolution that they are, [N, in, H,
 * W] → [N, out, 2H, 2W]. Where every pixel is a 2×2 square, the 3×3 neighbours of a position show four different values and
 * not nine: a kernel of 4×4 with stride 2 and padding 1, whose weights are sums of the convolution's, multiplies 4/9 as
 * often, and the larger map is never written.
 *
 * <p>The weights stay those of the convolution, and its passes are what a {@link Watch} sees.
 */
final class UpsampledConv2d extends Unary implements Preparable {
    /** Of the multiplications of the convolution over the larger map. */
    static final double SHARE = 4.0 / 9;

    private static final long[] STRIDE = {2, 2};
    private static final long[] PADDING = {1, 1};

    private final NearestUpsample upsample;
    private final Conv2d convolution;

    private UpsampledConv2d(NearestUpsample upsample, Conv2d convolution) {
        this.upsample = upsample;
        this.convolution = convolution;
    }

    /** The same steps, with every such pair as one. */
    static List<Unary> joined(List<Unary> steps) {
        List<Unary> joined = new ArrayList<>();
        for (Unary step : steps) {
            int last = joined.size() - 1;
            if (step instanceof Conv2d next
                    && next.keepsSizeByThree()
                    && last >= 0
                    && joined.get(last) instanceof NearestUpsample upsample) {
                joined.set(last, new UpsampledConv2d(upsample, next));
            } else {
                joined.add(step);
            }
        }
        return joined;
    }

    @Override
    protected Layer watched() {
        return convolution;
    }

    /** For a small map the two steps, one after the other. */
    @Override
    public Tensor apply(Tensor x) {
        return KernelChoices.current().upsampleInKernel(x) ? super.apply(x) : convolution.apply(upsample.apply(x));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor y = torch.conv_transpose2d(
                x,
                kernel(convolution.weight()),
                new TensorOptional(),
                STRIDE,
                PADDING,
                new long[] {0, 0},
                1,
                new long[] {1, 1});
        return convolution.bias == null ? y : ConvTranspose2d.plus(y, convolution.bias);
    }

    /** For maps of any size: the sums are formed once. */
    @Override
    public Unary prepared(Optional<BatchNorm> norm) {
        Tensor bias = convolution.bias == null ? torch.zeros(convolution.form().size(0)) : convolution.bias;
        Folded folded = Preparable.fold(kernel(convolution.weight()), bias, 1, norm);
        return new ConvTranspose2d(folded.weight(), folded.bias(), STRIDE, PADDING, new long[] {0, 0});
    }

    /**
     * [out, in, 3, 3] → [in, out, 4, 4]. Turned first, as one matrix, so that outputs are innermost in memory: from any other
     * order oneDNN takes ten times as long to lay a transposed convolution's weight out.
     */
    private static Tensor kernel(Tensor weight) {
        long out = weight.size(0);
        long in = weight.size(1);
        Tensor turned =
                weight.permute(0, 2, 3, 1).reshape(out, -1).t().contiguous().reshape(3, 3, in, out);
        return spread(spread(turned, 0), 1).permute(2, 3, 0, 1);
    }

    /** Along one dimension (a, b, c) → (c, b + c, a + b, a): what each input adds to the outputs around its square. */
    private static Tensor spread(Tensor weight, int dimension) {
        Tensor a = weight.narrow(dimension, 0, 1);
        Tensor b = weight.narrow(dimension, 1, 1);
        Tensor c = weight.narrow(dimension, 2, 1);
        return Tensors.concatenate(dimension, c, b.add(c), a.add(b), a);
    }
}
