package io.inkstone.models.autoencoder;

import io.inkstone.layers.Activation;
import io.inkstone.layers.BlockPass;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.GroupNorm;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.NearestUpsample;
import io.inkstone.layers.ResidualNormBlock;
import io.inkstone.layers.SelfAttention;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import io.inkstone.layers.ZeroPad;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Encoder and decoder of the first stage of latent diffusion (Rombach et al. 2022). With four levels of two blocks and widths
 * 128·[1, 2, 4, 4]:
 *
 * <pre>
 * encoder  0 convolution, per level two residual blocks and (but for the last) a halving,
 *          residual block, attention, residual block, norm, SiLU, two convolutions     [N, 3, H, W] → [N, 2·4, H/8, W/8]
 * decoder  two convolutions, (residual block, attention, residual block), per level from the innermost three residual
 *          blocks and (but for the last) a doubling with a convolution, norm, SiLU, convolution            back to [N, 3, H, W]
 * </pre>
 *
 * The children of each are numbered in that order, so that published weights load.
 */
public final class AutoencoderNetwork extends Layer {
    private final AutoencoderShape shape;
    private final Sequence encoder;
    private final Sequence decoder;

    public AutoencoderNetwork(Initializer init, AutoencoderShape shape) {
        this.shape = shape;
        encoder = child("encoder", new Sequence(encoder(init)));
        decoder = child("decoder", new Sequence(decoder(init)));
    }

    private List<Unary> encoder(Initializer init) {
        List<Unary> steps = new ArrayList<>();
        steps.add(Conv2d.same(init, shape.channels(), shape.width()));
        int in = shape.width();
        for (int level = 0; level < shape.levels(); level++) {
            int out = shape.features(level);
            blocks(init, shape.blocks(), in, out, steps);
            if (level < shape.levels() - 1) {
                steps.add(new Sequence(new ZeroPad(), new Conv2d(init, out, out, 3, 2, 0)));
            }
            in = out;
        }
        steps.addAll(middle(init, in));
        steps.add(norm(init, in));
        steps.add(Activation.silu());
        int moments = 2 * shape.latent();
        steps.add(Conv2d.same(init, in, moments));
        steps.add(Conv2d.pointwise(init, moments, moments));
        return steps;
    }

    private List<Unary> decoder(Initializer init) {
        List<Unary> steps = new ArrayList<>();
        int in = shape.features(shape.levels() - 1);
        steps.add(Conv2d.pointwise(init, shape.latent(), shape.latent()));
        steps.add(Conv2d.same(init, shape.latent(), in));
        steps.add(new Sequence(middle(init, in)));
        for (int level = shape.levels() - 1; level >= 0; level--) {
            int out = shape.features(level);
            blocks(init, shape.blocks() + 1, in, out, steps);
            if (level > 0) {
                steps.add(new NearestUpsample());
                steps.add(Conv2d.same(init, out, out));
            }
            in = out;
        }
        steps.add(norm(init, in));
        steps.add(Activation.silu());
        steps.add(Conv2d.same(init, in, shape.channels()));
        return steps;
    }

    private List<Unary> middle(Initializer init, int features) {
        Unary before = block(init, features, features);
        if (!shape.parts().attention()) {
            return List.of(before, block(init, features, features));
        }
        Unary attention = new SelfAttention(init, features, shape.groups(), AutoencoderShape.EPS);
        return List.of(before, attention, block(init, features, features));
    }

    private void blocks(Initializer init, int count, int in, int out, List<Unary> steps) {
        for (int i = 0; i < count; i++) {
            steps.add(block(init, i == 0 ? in : out, out));
        }
    }

    private Unary block(Initializer init, int in, int out) {
        return shape.parts().residual()
                ? new ResidualNormBlock(init, in, out, shape.groups(), AutoencoderShape.EPS)
                : ResidualNormBlock.withoutSkip(init, in, out, shape.groups(), AutoencoderShape.EPS);
    }

    private Unary norm(Initializer init, int features) {
        return new GroupNorm(init, shape.groups(), features, AutoencoderShape.EPS);
    }

    /** What a {@link BlockPass} decides about. */
    Set<Layer> blocks() {
        return Stream.of(encoder, decoder)
                .flatMap(half -> half.children().values().stream())
                .filter(step -> !step.children().isEmpty())
                .collect(Collectors.toSet());
    }

    public AutoencoderShape shape() {
        return shape;
    }

    /** Pictures [N, channels, H, W] to moments [N, 2·latent, H/8, W/8]: means, then log-variances. */
    public Tensor encode(Tensor pictures, BlockPass blocks) {
        Shapes.require("Autoencoder pictures", pictures, Shapes.ANY, shape.channels(), Shapes.ANY, Shapes.ANY);
        shape.requireSides(pictures.size(2), pictures.size(3));
        return encoder.apply(Tensors.channelsLast(pictures), blocks);
    }

    /** Codes [N, latent, h, w] to pictures [N, channels, 8h, 8w], unclamped. */
    public Tensor decode(Tensor latents, BlockPass blocks) {
        Shapes.require("Autoencoder latents", latents, Shapes.ANY, shape.latent(), Shapes.ANY, Shapes.ANY);
        return decoder.apply(Tensors.channelsLast(latents), blocks);
    }
}
