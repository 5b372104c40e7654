package io.inkstone.bench;

import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The most that this machine multiplies, in thousand million operations a second, here with libtorch's own kernels. */
final class Rates {
    private static final int[] MATRICES = {512, 1024, 2048};
    /** Pictures, features, side: of the U-Net's and the autoencoder's larger maps. */
    private static final int[][] CONVOLUTIONS = {{100, 64, 16}, {1, 128, 128}, {1, 512, 64}};

    void hold() throws IOException {
        Map<String, double[]> results = new TreeMap<>();
        Conversation.Work all = times -> {
            try (NoGradient none = NoGradient.begin()) {
                double one = product(ScalarType.Float);
                // The library leaves OpenBLAS one thread; the machine has more.
                openblas_nolapack.blas_set_num_threads(Runtime.getRuntime().availableProcessors());
                results.put("product.float32", new double[] {Math.max(one, product(ScalarType.Float))});
                openblas_nolapack.blas_set_num_threads(1);
                results.put("product.bfloat16", new double[] {product(ScalarType.BFloat16)});
                results.put("convolution.float32", new double[] {convolution(ScalarType.Float)});
                results.put("convolution.bfloat16", new double[] {convolution(ScalarType.BFloat16)});
            }
            return new double[] {0};
        };
        new Conversation("libtorch").task("rates", all, times -> new double[] {0}).hold(results);
    }

    private static double product(ScalarType type) {
        double best = 0;
        for (int size : MATRICES) {
            try (Scope scope = Scope.open()) {
                Tensor a = torch.rand(size, size).to(type);
                Tensor b = torch.rand(size, size).to(type);
                best = Math.max(best, 2.0 * size * size * size / Stopwatch.median(() -> a.mm(b)) / 1e6);
            }
        }
        return best;
    }

    private static double convolution(ScalarType type) {
        double best = 0;
        for (int[] shape : CONVOLUTIONS) {
            try (Scope scope = Scope.open()) {
                long features = shape[1];
                Tensor x = Tensors.channelsLast(
                        torch.rand(shape[0], features, shape[2], shape[2]).to(type));
                Tensor weight =
                        Tensors.channelsLast(torch.rand(features, features, 3, 3).to(type));
                double operations = 2.0 * shape[0] * (shape[2] - 2) * (shape[2] - 2) * features * features * 9;
                best = Math.max(best, operations / Stopwatch.median(() -> torch.conv2d(x, weight)) / 1e6);
            }
        }
        return best;
    }
}
