package io.inkstone.models.vae;

import io.inkstone.layers.Activation;
import io.inkstone.layers.BatchNorm;
import io.inkstone.layers.ContextPlane;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.ConvTranspose2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import io.inkstone.models.code.GaussianCode;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The network of a variational autoencoder (Kingma and Welling 2014): pictures to Gaussians over codes, codes to pictures.
 * With k convolutions that each halve the picture:
 *
 * <pre>
 * encoder             [N, channels, h, h] → [N, c_k, h/2^k, h/2^k]   halves round up: 28, 14, 7, 4
 * mean_linear         → [N, latent]
 * var_linear          → [N, latent]   the log of the variance
 * decoder_projection  [N, latent] → [N, c_k, h/2^k, h/2^k]
 * decoder             → [N, channels, h, h]
 * </pre>
 *
 * <p>var_linear predicts the <em>logarithm</em> of the variance. The loss needs both the variance and its logarithm; if the
 * variance itself were predicted, a value that comes near 0 sends the logarithm to −∞ and the loss to NaN, and one below 0
 * means nothing at all. The exponential of any number is a variance.
 *
 * <p>With classes the encoder sees the label as one more channel (encoder_context) and the decoder beside the code; without,
 * neither exists, and names and shapes are the published ones.
 */
public final class VaeNetwork extends Layer implements CodeNetwork {
    private final VaeShape shape;
    private final Sequence encoder;
    private final Linear meanLinear;
    private final Linear varLinear;
    private final Linear decoderProjection;
    private final Sequence decoder;
    private final ContextPlane encoderContext;

    public VaeNetwork(Initializer init, VaeShape shape) {
        this.shape = shape;
        encoder = child("encoder", encoder(init, shape));
        meanLinear = child("mean_linear", new Linear(init, shape.innermost(), shape.latent()));
        varLinear = child("var_linear", new Linear(init, shape.innermost(), shape.latent()));
        decoderProjection =
                child("decoder_projection", new Linear(init, shape.latent() + shape.classes(), shape.innermost()));
        decoder = child("decoder", decoder(init, shape));
        encoderContext = shape.classes() == 0
                ? null
                : child("encoder_context", new ContextPlane(init, shape.classes(), shape.side()));
    }

    private static Sequence encoder(Initializer init, VaeShape shape) {
        Unary[] blocks = new Unary[shape.depth()];
        int in = shape.pictureChannels() + (shape.classes() == 0 ? 0 : 1);
        for (int k = 0; k < blocks.length; k++) {
            int out = shape.channels().get(k);
            blocks[k] = new Sequence(new Conv2d(init, in, out, 3, 2, 1), new BatchNorm(init, out), Activation.relu());
            in = out;
        }
        return new Sequence(blocks);
    }

    private static Sequence decoder(Initializer init, VaeShape shape) {
        Unary[] blocks = new Unary[shape.depth()];
        for (int k = 0; k < blocks.length; k++) {
            int level = blocks.length - 1 - k;
            int in = shape.channels().get(level);
            int out = shape.channels().get(Math.max(0, level - 1));
            // A map of s came from 2s or from 2s − 1.
            int outputPadding = shape.sideAt(level) % 2 == 0 ? 1 : 0;
            ConvTranspose2d doubling = new ConvTranspose2d(init, in, out, 3, 2, 1, outputPadding);
            BatchNorm norm = new BatchNorm(init, out);
            blocks[k] = level > 0
                    ? new Sequence(doubling, norm, Activation.relu())
                    : new Sequence(doubling, norm, Activation.relu(), Conv2d.same(init, out, shape.pictureChannels()));
        }
        return new Sequence(blocks);
    }

    @Override
    public Layer layer() {
        return this;
    }

    @Override
    public int pictureChannels() {
        return shape.pictureChannels();
    }

    @Override
    public int side() {
        return shape.side();
    }

    @Override
    public int latent() {
        return shape.latent();
    }

    @Override
    public int classes() {
        return shape.classes();
    }

    @Override
    public VaeSettings.Output output() {
        return shape.output();
    }

    @Override
    public Tensor encode(Tensor pictures, Tensor contexts) {
        Shapes.require(
                "Pictures of the VAE", pictures, Shapes.ANY, shape.pictureChannels(), shape.side(), shape.side());
        return Scope.yielding(() -> {
            Tensor seen =
                    encoderContext == null ? Tensors.channelsLast(pictures) : encoderContext.apply(pictures, contexts);
            Tensor maps = encoder.apply(seen).to(ScalarType.Float);
            Tensor features = maps.reshape(maps.size(0), -1);
            return Precision.inFloat32(() -> Tensors.concatenate(
                    1, meanLinear.apply(features), GaussianCode.clamped(varLinear.apply(features))));
        });
    }

    @Override
    public Tensor logits(Tensor latents, Tensor contexts) {
        Shapes.require("Codes of the VAE", latents, Shapes.ANY, shape.latent());
        int inner = shape.sideAt(shape.depth());
        return Scope.yielding(() -> {
            Tensor maps = decoderProjection
                    .apply(Tensors.concatenate(1, latents, contexts))
                    .reshape(-1, shape.channels().get(shape.depth() - 1), inner, inner);
            return decoder.apply(Tensors.channelsLast(maps));
        });
    }
}
