package io.inkstone.layers;

import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * 3×3 convolutions with stride 1 and padding 1 by minimal filtering F(4×4, 3×3) (Winograd 1980; Lavin and Gray 2015,
 * arXiv:1509.09308): a square of 4×4 outputs takes 36 products for each pair of channels where their definition takes 144.
 *
 * <pre>
 * y  = Aᵀ [ (G w Gᵀ) ⊙ (Bᵀ x B) ] A          x a tile of 6×6 inputs; summed over the input channels
 * dw = Gᵀ [ Σ (Bᵀ x B) ⊙ (A dy Aᵀ) ] G        summed over the tiles
 * </pre>
 *
 * <p>On the CPU, for sides that 4 divides, without a graph; fastest where channels come last in memory. All is computed in
 * float32, also of bfloat16 maps, whose results are rounded once. Results lie some 4·10⁻⁶ of their size from exact ones, those
 * of the definition 1·10⁻⁶.
 */
final class Winograd {
    private static final int POINTS = WinogradTiles.POINTS * WinogradTiles.POINTS;
    /** Most tiles of a strip times channels: 18 MiB of inputs' points, and as many of outputs'. */
    private static final long STRIP = 1 << 17;

    private static final long MOST_TILES = 512;
    /** With fewer in a strip, reading the kernels for each takes longer than the products. */
    private static final long LEAST_TILES = 64;

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};
    private static final double[][] G = {
        {1 / 4.0, 0, 0},
        {-1 / 6.0, -1 / 6.0, -1 / 6.0},
        {-1 / 6.0, 1 / 6.0, -1 / 6.0},
        {1 / 24.0, 1 / 12.0, 1 / 6.0},
        {1 / 24.0, -1 / 12.0, 1 / 6.0},
        {0, 0, 1}
    };

    private static final Set<ScalarType> TYPES = Set.of(ScalarType.Float, ScalarType.BFloat16);

    private Winograd() {}

    /** Whether {@code x} [N, in, H, W] falls into tiles, enough of them for a strip. */
    static boolean suits(Tensor x, Tensor weight) {
        return PackedConv2d.possibleInFloat32(x)
                && TYPES.contains(x.scalar_type().intern())
                && x.size(1) == weight.size(1)
                && x.size(2) % WinogradTiles.SIDE == 0
                && x.size(3) % WinogradTiles.SIDE == 0
                && tiles(x.permute(0, 2, 3, 1), weight.size(0)).count() >= LEAST_TILES;
    }

    /** @param maps [N, H, W, in] */
    private static WinogradTiles tiles(Tensor maps, long out) {
        return new WinogradTiles(maps, Math.min(MOST_TILES, STRIP / Math.max(maps.size(3), out)));
    }

    /** The type of what the definition makes of {@code x} in the precision in force. */
    static ScalarType resultType(Tensor x) {
        return Precision.current(DeviceType.CPU) == Precision.BFLOAT16
                ? ScalarType.BFloat16
                : x.scalar_type().intern();
    }

    /**
     * The convolution of {@code x} [N, in, H, W].
     *
     * @param weight [out, in, 3, 3]
     * @param bias [out]
     */
    static Tensor convolved(Tensor x, Tensor weight, Tensor bias) {
        ScalarType type = resultType(x);
        return exactly(() -> multiplied(x, points(weight), bias, type));
    }

    /** In a scope of its own, and in float32 whatever the precision in force. */
    private static Tensor exactly(Supplier<Tensor> work) {
        return Scope.yielding(() -> Precision.inFloat32(work));
    }

    /**
     * The gradient of the input [N, in, H, W], in the type of {@code gradient}: a convolution with the weight turned around.
     *
     * @param gradient of the output, [N, out, H, W]
     * @param weight [out, in, 3, 3]
     */
    static Tensor ofInput(Tensor gradient, Tensor weight) {
        return exactly(
                () -> multiplied(gradient, points(weight.flip(2, 3).transpose(0, 1)), null, gradient.scalar_type()));
    }

    /**
     * The gradient of the weight [out, in, 3, 3], in float32.
     *
     * @param x [N, in, H, W]
     * @param gradient of the output, [N, out, H, W]
     */
    static Tensor ofWeight(Tensor x, Tensor gradient) {
        return exactly(() -> {
            Tensor maps = x.permute(0, 2, 3, 1);
            Tensor gradients = gradient.permute(0, 2, 3, 1);
            long in = maps.size(3);
            long out = gradients.size(3);
            WinogradTiles tiles = tiles(maps, out);
            Tensor inputPoints = tiles.pointsApart(in);
            Tensor outputPoints = tiles.pointsApart(out);
            WinogradTiles.Inputs inputs = tiles.new Inputs(inputPoints);
            WinogradTiles.Gradients outputs = tiles.new Gradients(outputPoints);
            Tensor[] inputMaps = pictures(inputPoints, tiles.count());
            Tensor[] outputMaps = pictures(outputPoints, tiles.count());
            Tensor sum = torch.zeros(POINTS, out, in, 1, 1);
            Tensor[] sums = WinogradLines.of(sum, 0);
            tiles.forEach(strip -> {
                inputs.of(maps, strip);
                outputs.of(gradients, strip);
                for (int i = 0; i < POINTS; i++) {
                    sums[i].add_(product(outputMaps[i], inputMaps[i], sums[i]));
                }
            });
            return weightOf(sum.reshape(POINTS, out, in));
        });
    }

    /** Each point's tiles as the positions of a picture. */
    private static Tensor[] pictures(Tensor points, long tiles) {
        Tensor apart = points.permute(3, 4, 0, 1, 2, 5).view(POINTS, 1, tiles, 1, points.size(5));
        return WinogradLines.of(apart.permute(0, 1, 4, 2, 3), 0);
    }

    /** Σ output ⊗ input over the positions: the gradient of a 1×1 convolution's weight. */
    private static Tensor product(Tensor output, Tensor input, Tensor like) {
        return new Tensor(torch.convolution_backward(
                        output, input, like, NONE, ONE, NONE, ONE, false, NONE, 1, ByHand.which(false, true, false))
                .get1());
    }

    /**
     * @param points [36, out, in]
     * @param bias [out], or null
     */
    private static Tensor multiplied(Tensor x, Tensor points, Tensor bias, ScalarType type) {
        long out = points.size(1);
        Tensor maps = x.permute(0, 2, 3, 1);
        Tensor y = torch.empty(
                new long[] {x.size(0), x.size(2), x.size(3), out}, new TensorOptions(type), new MemoryFormatOptional());
        WinogradTiles tiles = tiles(maps, out);
        Tensor inputPoints = torch.empty(tiles.points(x.size(1)));
        Tensor picture =
                inputPoints.view(1, tiles.count(), 1, POINTS * x.size(1)).permute(0, 3, 1, 2);
        // One product for each point: a convolution in 36 groups is the one call that takes all cores for them.
        PackedConv2d products =
                new PackedConv2d(points.reshape(POINTS * out, x.size(1), 1, 1), NONE, ONE, POINTS, picture.shape());
        WinogradTiles.Inputs inputs = tiles.new Inputs(inputPoints);
        WinogradTiles.Outputs outputs = tiles.new Outputs(y);
        tiles.forEach(strip -> {
            inputs.of(maps, strip);
            Tensor results = products.apply(picture, null, "none").permute(0, 2, 3, 1);
            outputs.of(results.view(tiles.points(out)), bias, y, strip);
        });
        return y.permute(0, 3, 1, 2);
    }

    /** G w Gᵀ: [out, in, 3, 3] → [36, out, in]. */
    private static Tensor points(Tensor weight) {
        long out = weight.size(0);
        long in = weight.size(1);
        return both().matmul(weight.permute(2, 3, 0, 1).reshape(9, out * in)).reshape(POINTS, out, in);
    }

    /** Gᵀ u G: [36, out, in] → [out, in, 3, 3]. */
    private static Tensor weightOf(Tensor points) {
        long out = points.size(1);
        long in = points.size(2);
        return both().t()
                .matmul(points.reshape(POINTS, out * in))
                .reshape(3, 3, out, in)
                .permute(2, 3, 0, 1);
    }

    /** G along both sides: [36, 9]. */
    private static Tensor both() {
        float[] products = new float[POINTS * 9];
        for (int i = 0; i < products.length; i++) {
            int point = i / 9;
            int tap = i % 9;
            products[i] = (float) (G[point / WinogradTiles.POINTS][tap / 3] * G[point % WinogradTiles.POINTS][tap % 3]);
        }
        return Tensors.of(products, POINTS, 9);
    }
}
