package io.inkstone.models.dnn;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Activation;
import io.inkstone.layers.BatchNorm;
import io.inkstone.layers.ConvTranspose2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * From a latent and a context to a picture in [0, 1], in one pass. With h the side of the pictures:
 *
 * <pre>
 * [latent, context]   [N, latent + c]
 * fc                  [N, 128·h/4·h/4]     linear, norm, ReLU, twice
 * deconv              [N, 64, h/2, h/2]    transposed convolution, norm, ReLU
 *                     [N, channels, h, h]  transposed convolution, sigmoid
 * </pre>
 *
 * <p>6,650,433 parameters for a latent of 62, 10 classes and 28×28×1. The layers are those of the generator of InfoGAN
 * (Chen et al. 2016, table 1); what it learns depends on who teaches it.
 */
public final class LatentGenerator extends Unary {
    private static final int HIDDEN = 1024;
    static final int MAPS = 128;

    private final Shape shape;
    private final Sequence fc;
    private final Sequence deconv;

    /**
     * The numbers that determine every parameter's shape.
     *
     * @param latent values of a latent
     * @param classes c, values of a context; 0 for none
     * @param channels of the pictures, 1 or 3
     * @param side h, height and width of the pictures; divisible by 4
     */
    public record Shape(int latent, int classes, int channels, int side) {
        public Shape {
            if (latent < 1 || channels < 1) {
                throw new InputException(Words.of(
                        "Generator: the latent and the pictures need 1 value or channel or more, got %d and %d.",
                        latent, channels));
            }
            if (side < 4 || side % 4 != 0) {
                int below = Math.max(4, side / 4 * 4);
                throw new InputException(Words.of(
                                "Generator: height and width must be divisible by 4, got %d. Resize the data to %d or %d.",
                                side, below, below + 4))
                        .about("data.size=" + (below + 4));
            }
        }

        /** Values of an input. */
        public int inputs() {
            return latent + classes;
        }

        int quarter() {
            return side / 4;
        }
    }

    public LatentGenerator(Initializer init, Shape shape) {
        this.shape = shape;
        int inner = MAPS * shape.quarter() * shape.quarter();
        fc = child(
                "fc",
                new Sequence(
                        new Linear(init, shape.inputs(), HIDDEN),
                        new BatchNorm(init, HIDDEN),
                        Activation.relu(),
                        new Linear(init, HIDDEN, inner),
                        new BatchNorm(init, inner),
                        Activation.relu()));
        deconv = child(
                "deconv",
                new Sequence(
                        new ConvTranspose2d(init, MAPS, MAPS / 2, 4, 2, 1, 0),
                        new BatchNorm(init, MAPS / 2),
                        Activation.relu(),
                        new ConvTranspose2d(init, MAPS / 2, shape.channels(), 4, 2, 1, 0),
                        Activation.sigmoid()));
    }

    public Shape shape() {
        return shape;
    }

    /**
     * @param latents [N, latent]
     * @param contexts [N, c]
     */
    public Tensor apply(Tensor latents, Tensor contexts) {
        return Scope.yielding(() -> apply(Tensors.concatenate(1, latents, contexts)));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Shapes.require("Input of the generator", x, Shapes.ANY, shape.inputs());
        Tensor maps = fc.apply(x).reshape(-1, MAPS, shape.quarter(), shape.quarter());
        return deconv.apply(Tensors.channelsLast(maps));
    }
}
