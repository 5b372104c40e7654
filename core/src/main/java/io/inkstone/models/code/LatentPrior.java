package io.inkstone.models.code;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Draws;
import java.util.List;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;

/** Where latents come from before a picture is known. */
public enum LatentPrior {
    /** Every value uniform in [0, 1). */
    UNIFORM {
        @Override
        Tensor draw(Generator generator, long... shape) {
            return Tensors.uniform(generator, shape);
        }

        @Override
        public Tensor draw(Draws draws, long... shape) {
            return draws.uniform(shape);
        }
    },
    /** Every value from N(0, 1). */
    NORMAL {
        @Override
        Tensor draw(Generator generator, long... shape) {
            return Tensors.normal(generator, shape);
        }

        @Override
        public Tensor draw(Draws draws, long... shape) {
            return draws.normal(shape);
        }
    };

    abstract Tensor draw(Generator generator, long... shape);

    /** Latents of a training batch. */
    public abstract Tensor draw(Draws draws, long... shape);

    /** Latents [N, size] for N picture seeds, each from a source of its own: a picture has the same latent in any batch. */
    public Tensor draw(List<Long> pictureSeeds, long size) {
        return Scope.yielding(() -> Tensors.stack(pictureSeeds.stream()
                .map(seed -> draw(new Seed(seed).generator(Seed.Purpose.SAMPLING), size))
                .toList()));
    }
}
