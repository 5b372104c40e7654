package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.BlockPass;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.autoencoder.AutoencoderNetwork;
import io.inkstone.models.tiny.TinyAutoencoder;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What makes latents of pictures and pictures of latents; latents have a standard deviation of about 1. */
public sealed interface LatentCoder extends AutoCloseable {
    Layer network();

    /** Channels of latents. */
    int channels();

    /** How many times smaller their sides are. */
    int reduction();

    /** Of one picture or some, [N, 3, H, W] in [−1, 1], to [N, c, H/8, W/8]: the mean where there are moments. */
    Tensor encodeOnce(Tensor pictures);

    /** Of one picture or some, [N, c, h, w] to [N, 3, 8h, 8w], unclamped. */
    Tensor decodeOnce(Tensor latents);

    /** {@link #encodeOnce} picture by picture. */
    default Tensor encode(Tensor pictures) {
        return Singly.each(pictures, this::encodeOnce);
    }

    /** {@link #decodeOnce} picture by picture: their largest maps take most of a drawing's memory. */
    default Tensor decode(Tensor latents) {
        return Singly.each(latents, this::decodeOnce);
    }

    @Override
    default void close() {
        network().close();
    }

    /**
     * The autoencoder with moments.
     *
     * @param scale by which codes are multiplied, after {@code shift} is taken off
     */
    record Moments(AutoencoderNetwork network, double scale, double shift) implements LatentCoder {
        @Override
        public int channels() {
            return network.shape().latent();
        }

        @Override
        public int reduction() {
            return network.shape().reduction();
        }

        @Override
        public Tensor encodeOnce(Tensor pictures) {
            Tensor mean = Autoencodes.mean(network.encode(pictures, BlockPass.PLAIN));
            return Tensors.scale(mean.sub(new Scalar(shift)), scale);
        }

        @Override
        public Tensor decodeOnce(Tensor latents) {
            return network.decode(Tensors.scale(latents, 1 / scale).add_(new Scalar(shift)), BlockPass.PLAIN);
        }
    }

    /** The tiny autoencoder. */
    record Tiny(TinyAutoencoder network) implements LatentCoder {
        @Override
        public int channels() {
            return network.shape().latent();
        }

        @Override
        public int reduction() {
            return network.shape().reduction();
        }

        @Override
        public Tensor encodeOnce(Tensor pictures) {
            return Tensors.scale(network.encode(pictures), network.shape().scale());
        }

        @Override
        public Tensor decodeOnce(Tensor latents) {
            return network.decode(Tensors.scale(latents, 1 / network.shape().scale()));
        }
    }

    /** Refuses sides that latents cannot have. */
    default void requireSides(int height, int width) {
        if (height < reduction() || width < reduction() || height % reduction() != 0 || width % reduction() != 0) {
            throw new InputException(Words.of(
                    "Height and width of a picture must be divisible by %d, got a width of %d and a height of %d: choose %dx%d (--size).",
                    reduction(), width, height, nearest(width), nearest(height)));
        }
    }

    private int nearest(int side) {
        return Math.max(reduction(), Math.round((float) side / reduction()) * reduction());
    }

    /** One picture after another. */
    final class Singly {
        private Singly() {}

        private static Tensor each(Tensor batch, java.util.function.UnaryOperator<Tensor> work) {
            return Scope.yielding(() -> {
                List<Tensor> parts = new ArrayList<>();
                for (long i = 0; i < batch.size(0); i++) {
                    Tensor one = batch.narrow(0, i, 1);
                    parts.add(Scope.yielding(() -> work.apply(one)));
                }
                return Tensors.concatenate(0, parts.toArray(Tensor[]::new));
            });
        }
    }
}
