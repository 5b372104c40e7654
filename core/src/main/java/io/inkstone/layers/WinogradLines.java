package io.inkstone.layers;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The transforms of {@link Winograd} along one dimension. Each line is a tensor, and all of a transform have the same
 * shape: additions of whole lines are what libtorch does as fast as memory allows.
 */
final class WinogradLines {
    private WinogradLines() {}

    /** Views of {@code tensor}, one for each index of a dimension. */
    static Tensor[] of(Tensor tensor, int dimension) {
        Tensor[] lines = new Tensor[(int) tensor.size(dimension)];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = tensor.select(dimension, i);
        }
        return lines;
    }

    /**
     * v = Bᵀ·x: 6 inputs to 6 points.
     *
     * @param spare two lines to work with
     */
    static void inputs(Tensor[] x, Tensor[] v, Tensor[] spare) {
        Tensor even = spare[0];
        Tensor odd = spare[1];
        add(v[0], x[4], -5, x[2]).add_(x[0], new Scalar(4.0));
        add(even, x[4], -4, x[2]);
        add(odd, x[3], -4, x[1]);
        add(v[1], even, 1, odd);
        add(v[2], even, -1, odd);
        add(even, x[4], -1, x[2]);
        add(odd, x[3], -1, x[1]);
        add(v[3], even, 2, odd);
        add(v[4], even, -2, odd);
        add(v[5], x[5], -5, x[3]).add_(x[1], new Scalar(4.0));
    }

    /**
     * y = Aᵀ·m: 6 points to 4 outputs.
     *
     * @param spare four lines to work with
     */
    static void outputs(Tensor[] m, Tensor[] y, Tensor[] spare) {
        Tensor even = add(spare[0], m[1], 1, m[2]);
        Tensor odd = add(spare[1], m[1], -1, m[2]);
        Tensor evenFar = add(spare[2], m[3], 1, m[4]);
        Tensor oddFar = add(spare[3], m[3], -1, m[4]);
        add(y[0], even, 1, evenFar).add_(m[0]);
        add(y[1], odd, 2, oddFar);
        add(y[2], even, 4, evenFar);
        add(y[3], odd, 8, oddFar).add_(m[5]);
    }

    /**
     * z = A·g: gradients of 4 outputs to those of 6 points.
     *
     * @param spare two lines to work with
     */
    static void gradients(Tensor[] g, Tensor[] z, Tensor[] spare) {
        Tensor even = spare[0];
        Tensor odd = spare[1];
        z[0].copy_(g[0]);
        add(even, g[0], 1, g[2]);
        add(odd, g[1], 1, g[3]);
        add(z[1], even, 1, odd);
        add(z[2], even, -1, odd);
        add(even, g[0], 4, g[2]);
        add(odd, g[1], 4, g[3]);
        add(z[3], even, 2, odd);
        add(z[4], even, -2, odd);
        z[5].copy_(g[3]);
    }

    /** {@code to = a + factor·b}. */
    private static Tensor add(Tensor to, Tensor a, double factor, Tensor b) {
        return torch.add_out(to, a, b, new Scalar(factor));
    }
}
