package io.inkstone.models.tiny;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Activation;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.NearestUpsample;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Plain convolutions and no norms, pictures [N, 3, H, W] in [−1, 1] to codes [N, 4, H/8, W/8] and back. Its codes are those of
 * Stable Diffusion's autoencoder scaled to a standard deviation of about 1; it gives no moments.
 *
 * <p>Parameters have the names of {@code AutoencoderTiny}: {@code encoder.layers.0.weight}, …,
 * {@code decoder.layers.18.bias}.
 */
public final class TinyAutoencoder extends Layer {
    /** Where codes are bent back, gently: those of pictures lie within. */
    private static final double BOUND = 3;

    private final TinyShape shape;
    private final Sequence encoder;
    private final Sequence decoder;

    public TinyAutoencoder(Initializer init, TinyShape shape) {
        this.shape = shape;
        encoder = child("encoder", new Half(encoder(init))).layers;
        decoder = child("decoder", new Half(decoder(init))).layers;
    }

    private static final class Half extends Layer {
        private final Sequence layers;

        Half(List<Unary> steps) {
            layers = child("layers", new Sequence(steps));
        }
    }

    private List<Unary> encoder(Initializer init) {
        List<Unary> steps = new ArrayList<>();
        for (int i = 0; i < shape.encoder().size(); i++) {
            int width = shape.encoder().get(i).width();
            steps.add(i == 0 ? Conv2d.same(init, shape.channels(), width) : Conv2d.withoutBias(init, width, width, 2));
            blocks(init, shape.encoder().get(i), steps);
        }
        steps.add(Conv2d.same(init, shape.encoder().get(0).width(), shape.latent()));
        return steps;
    }

    private List<Unary> decoder(Initializer init) {
        List<Unary> steps = new ArrayList<>();
        int last = shape.decoder().size() - 1;
        steps.add(Conv2d.same(init, shape.latent(), shape.decoder().get(0).width()));
        steps.add(Activation.relu());
        for (int i = 0; i <= last; i++) {
            int width = shape.decoder().get(i).width();
            blocks(init, shape.decoder().get(i), steps);
            if (i < last) {
                steps.add(new NearestUpsample());
                steps.add(Conv2d.withoutBias(init, width, width, 1));
            } else {
                steps.add(Conv2d.same(init, width, shape.channels()));
            }
        }
        return steps;
    }

    private static void blocks(Initializer init, TinyShape.Level level, List<Unary> steps) {
        for (int i = 0; i < level.blocks(); i++) {
            steps.add(new TinyBlock(init, level.width()));
        }
    }

    public TinyShape shape() {
        return shape;
    }

    /** Pictures [N, channels, H, W] in [−1, 1] to codes [N, latent, H/8, W/8]. */
    public Tensor encode(Tensor pictures) {
        Shapes.require("Tiny autoencoder's pictures", pictures, Shapes.ANY, shape.channels(), Shapes.ANY, Shapes.ANY);
        if (pictures.size(2) % shape.reduction() != 0 || pictures.size(3) % shape.reduction() != 0) {
            throw new InputException(Words.of(
                    "Tiny autoencoder: height and width must be divisible by %d, got %d×%d.",
                    shape.reduction(), pictures.size(2), pictures.size(3)));
        }
        return pass(pictures, () -> {
            Tensor unit = Tensors.scale(pictures, 0.5).add_(new Scalar(0.5));
            return encoder.apply(Tensors.channelsLast(unit));
        });
    }

    /** Codes [N, latent, h, w] to pictures [N, channels, 8h, 8w] around [−1, 1], unclamped. */
    public Tensor decode(Tensor codes) {
        Shapes.require("Tiny autoencoder's codes", codes, Shapes.ANY, shape.latent(), Shapes.ANY, Shapes.ANY);
        return pass(codes, () -> {
            Tensor bent = Tensors.scale(Tensors.scale(codes, 1 / BOUND).tanh(), BOUND);
            Tensor unit = decoder.apply(Tensors.channelsLast(bent));
            return Tensors.scale(unit, 2).sub_(new Scalar(1));
        });
    }
}
