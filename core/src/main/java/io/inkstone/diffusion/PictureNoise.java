package io.inkstone.diffusion;

import io.inkstone.Words;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;

/** One source per picture seed, so that a picture gets the same noise alone, in a batch, or on another machine. */
public final class PictureNoise implements Noise, AutoCloseable {
    private final ComputeDevice device;
    private final List<Generator> generators;

    public PictureNoise(long... seeds) {
        this(ComputeDevice.CPU, Arrays.stream(seeds).boxed().toList());
    }

    /** @param device where the numbers go; they are drawn on the CPU, so that devices agree */
    public PictureNoise(ComputeDevice device, List<Long> seeds) {
        this.device = device;
        try (Scope scope = Scope.open()) {
            generators = seeds.stream()
                    .map(seed -> Scope.own(new Seed(seed).generator(Seed.Purpose.SAMPLING)))
                    .toList();
        }
    }

    /** @param shape [N, …] with one N per seed */
    @Override
    public Tensor next(long... shape) {
        if (shape[0] != generators.size()) {
            throw new IllegalArgumentException(
                    Words.of("%d picture seeds cannot feed %d pictures.", generators.size(), shape[0]));
        }
        long[] one = Arrays.copyOfRange(shape, 1, shape.length);
        return Scope.yielding(() -> {
            List<Tensor> draws = new ArrayList<>();
            generators.forEach(generator -> draws.add(Tensors.normal(generator, one)));
            return device.place(Tensors.stack(draws));
        });
    }

    @Override
    public void close() {
        generators.forEach(Scope::release);
    }
}
