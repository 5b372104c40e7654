package io.inkstone.models.gan;

import io.inkstone.layers.Activation;
import io.inkstone.layers.BatchNorm;
import io.inkstone.layers.ContextPlane;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.SpectralConv2d;
import io.inkstone.layers.SpectralLinear;
import io.inkstone.models.dnn.LatentGenerator;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Tells real pictures from made ones: [N, channels, h, h] and [N, c] → logits [N, 1], above 0 for "real".
 *
 * <pre>
 * context   [N, channels+1, h, h]  the label drawn as one more channel; only where there are classes
 * conv      [N, 64, h/2, h/2]      convolution 4×4 by 2, leaky ReLU
 *           [N, 128, h/4, h/4]     convolution 4×4 by 2, norm, leaky ReLU
 * fc        [N, 256] → [N, 1]     linear, norm, leaky ReLU, linear
 * </pre>
 *
 * <p>The mirror of the generator (Radford et al. 2016). With spectral normalisation every weight is divided by its largest
 * singular value and the batch norms are left out (Miyato et al. 2018, table 3).
 */
final class Discriminator extends Layer {
    private static final int MAPS = 64;
    private static final int HIDDEN = 256;

    private final ContextPlane context;
    private final Sequence conv;
    private final Sequence fc;

    Discriminator(Initializer init, LatentGenerator.Shape pictures, boolean spectral) {
        int planes = pictures.channels() + (pictures.classes() == 0 ? 0 : 1);
        int quarter = pictures.side() / 4;
        int inner = 2 * MAPS * quarter * quarter;
        context = pictures.classes() == 0
                ? null
                : child("context", new ContextPlane(init, pictures.classes(), pictures.side()));
        conv = child("conv", spectral ? spectralMaps(init, planes) : maps(init, planes));
        fc = child("fc", spectral ? spectralScore(init, inner) : score(init, inner));
    }

    private static Sequence maps(Initializer init, int planes) {
        return new Sequence(
                new Conv2d(init, planes, MAPS, 4, 2, 1),
                Activation.leakyRelu(),
                new Conv2d(init, MAPS, 2 * MAPS, 4, 2, 1),
                new BatchNorm(init, 2 * MAPS),
                Activation.leakyRelu());
    }

    private static Sequence spectralMaps(Initializer init, int planes) {
        return new Sequence(
                new SpectralConv2d(init, planes, MAPS, 4, 2, 1),
                Activation.leakyRelu(),
                new SpectralConv2d(init, MAPS, 2 * MAPS, 4, 2, 1),
                Activation.leakyRelu());
    }

    private static Sequence score(Initializer init, int inner) {
        return new Sequence(
                new Linear(init, inner, HIDDEN),
                new BatchNorm(init, HIDDEN),
                Activation.leakyRelu(),
                new Linear(init, HIDDEN, 1));
    }

    private static Sequence spectralScore(Initializer init, int inner) {
        return new Sequence(
                new SpectralLinear(init, inner, HIDDEN), Activation.leakyRelu(), new SpectralLinear(init, HIDDEN, 1));
    }

    /** Logits in float32. */
    Tensor apply(Tensor pictures, Tensor contexts) {
        return pass(pictures, () -> {
            Tensor seen = context == null ? Tensors.channelsLast(pictures) : context.apply(pictures, contexts);
            Tensor maps = conv.apply(seen);
            return fc.apply(maps.reshape(maps.size(0), -1)).to(ScalarType.Float);
        });
    }
}
