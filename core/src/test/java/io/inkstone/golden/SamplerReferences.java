package io.inkstone.golden;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npz;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Noise;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What samplers/make_samplers.py wrote, and the model and the noise that it was computed with. */
public final class SamplerReferences {
    private static final double SPREAD = 0.25;
    private static final long[] SHAPE = {2, 3, 4, 4};
    private static final Map<String, NdArray> ALL = read();

    private SamplerReferences() {}

    private static Map<String, NdArray> read() {
        try {
            return Npz.read(Path.of(
                    SamplerReferences.class.getResource("samplers/samplers.npz").toURI()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static double[] numbers(String name) {
        return ALL.get(name).toDoubles();
    }

    /** The formula's numbers in float64, with deviation 1. */
    public static Tensor formula(long place) {
        return Golden.numbers(place, Math.sqrt(3), 0, SHAPE).to(ScalarType.Double);
    }

    /** Fresh noise in order. */
    public static Noise draws() {
        long[] place = {100};
        return shape -> formula(place[0]++);
    }

    /** The best guess for values that are +1 or −1, with a deviation around either. */
    public static Denoiser denoiser() {
        return (noisy, level) -> {
            double alpha = level.alpha();
            double square = level.sigma() * level.sigma();
            double v = alpha * alpha * SPREAD * SPREAD + square;
            Tensor side = Tensors.scale(noisy, alpha / v).tanh();
            return Tensors.scale(noisy, SPREAD * SPREAD * alpha / v).add_(side, new Scalar(square / v));
        };
    }

    /** The values of a float64 tensor, of few elements. */
    public static double[] values(Tensor tensor) {
        Tensor flat = tensor.flatten();
        double[] values = new double[(int) flat.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = flat.select(0, i).item_double();
        }
        return values;
    }
}
