package io.inkstone.models.vae;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Activation;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import io.inkstone.models.code.GaussianCode;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A VAE without convolutions, as the first ones were (Kingma and Welling 2014, appendix C): for small pictures in which
 * everything has its place. With hidden layers of a and b values:
 *
 * <pre>
 * encoder      [N, channels·h·h + c] → a → b    linear and SiLU each
 * mean_linear  → [N, latent]
 * var_linear   → [N, latent]   the log of the variance
 * decoder      [N, latent + c] → b → a → [N, channels, h, h]
 * </pre>
 */
final class DenseVaeNetwork extends Layer implements CodeNetwork {
    private final Shape shape;
    private final Sequence encoder;
    private final Linear meanLinear;
    private final Linear varLinear;
    private final Sequence decoder;

    /**
     * The numbers that determine every parameter's shape.
     *
     * @param pictureChannels 1 or 3
     * @param side h, height and width of the pictures
     * @param hidden values of the encoder's layers; the decoder mirrors them
     * @param latent values of a code
     * @param classes c, values of a context; 0 for none
     * @param output last activation of the decoder
     */
    record Shape(
            int pictureChannels, int side, List<Integer> hidden, int latent, int classes, VaeSettings.Output output)
            implements CodeShape {
        Shape {
            hidden = List.copyOf(hidden);
            if (hidden.isEmpty() || hidden.stream().anyMatch(width -> width < 1) || latent < 1) {
                throw new InputException(Words.of(
                        "VAE: model.hidden and model.latent must be 1 or more, got %s and %d.", hidden, latent));
            }
        }

        int values() {
            return pictureChannels * side * side;
        }
    }

    DenseVaeNetwork(Initializer init, Shape shape) {
        this.shape = shape;
        int innermost = shape.hidden().get(shape.hidden().size() - 1);
        List<Integer> inward = new ArrayList<>(List.of(shape.values() + shape.classes()));
        inward.addAll(shape.hidden());
        List<Integer> outward = new ArrayList<>(List.of(shape.latent() + shape.classes()));
        for (int k = shape.hidden().size() - 1; k >= 0; k--) {
            outward.add(shape.hidden().get(k));
        }
        encoder = child("encoder", new Sequence(hidden(init, inward)));
        meanLinear = child("mean_linear", new Linear(init, innermost, shape.latent()));
        varLinear = child("var_linear", new Linear(init, innermost, shape.latent()));
        List<Unary> steps = hidden(init, outward);
        steps.add(new Linear(init, shape.hidden().get(0), shape.values()));
        decoder = child("decoder", new Sequence(steps));
    }

    private static List<Unary> hidden(Initializer init, List<Integer> widths) {
        List<Unary> steps = new ArrayList<>();
        for (int k = 0; k + 1 < widths.size(); k++) {
            steps.add(new Linear(init, widths.get(k), widths.get(k + 1)));
            steps.add(Activation.silu());
        }
        return steps;
    }

    @Override
    public Layer layer() {
        return this;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Tensor encode(Tensor pictures, Tensor contexts) {
        Shapes.require(
                "Pictures of the VAE", pictures, Shapes.ANY, shape.pictureChannels(), shape.side(), shape.side());
        return Scope.yielding(() -> {
            // C, H, W order, whatever the order in memory
            Tensor seen =
                    Tensors.concatenate(1, pictures.reshape(pictures.size(0), -1), contexts.to(pictures.scalar_type()));
            Tensor features = encoder.apply(seen).to(ScalarType.Float);
            return GaussianCode.moments(meanLinear, varLinear, features);
        });
    }

    @Override
    public Tensor logits(Tensor latents, Tensor contexts) {
        Shapes.require("Codes of the VAE", latents, Shapes.ANY, shape.latent());
        return Scope.yielding(() -> decoder.apply(Tensors.concatenate(1, latents, contexts))
                .reshape(-1, shape.pictureChannels(), shape.side(), shape.side()));
    }
}
