package io.inkstone.models.classifier;

import io.inkstone.layers.Activation;
import io.inkstone.layers.BatchNorm;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A small residual network (He et al. 2016) from pictures to one number per class. With channels c₀ … c_k:
 *
 * <pre>
 * stem      [N, C, h, h] → [N, c₀, h, h]           convolution, norm, ReLU
 * levels.i  → [N, cᵢ₊₁, h/2ⁱ⁺¹, h/2ⁱ⁺¹]            convolution of stride 2, norm, ReLU; a residual block
 * features  → [N, c_k]                             mean over all positions: 0 or more each
 * head      → [N, classes]                         linear; before the softmax
 * </pre>
 *
 * <p>116,906 parameters for channels [16, 32, 64], grey pictures and 10 classes, whatever their side.
 */
public final class ClassifierNetwork extends Unary {
    private final int pictureChannels;
    private final int features;
    private final Sequence stem;
    private final Sequence levels;
    private final Linear head;

    /** @param channels of each level, one or more */
    ClassifierNetwork(Initializer init, int pictureChannels, List<Integer> channels, int classes) {
        this.pictureChannels = pictureChannels;
        features = channels.get(channels.size() - 1);
        stem = child("stem", convolution(Conv2d.same(init, pictureChannels, channels.get(0)), init, channels.get(0)));
        List<Unary> blocks = new ArrayList<>();
        for (int i = 1; i < channels.size(); i++) {
            blocks.add(new Level(init, channels.get(i - 1), channels.get(i)));
        }
        levels = child("levels", new Sequence(blocks));
        head = child("head", new Linear(init, features, classes));
    }

    private static Sequence convolution(Conv2d convolution, Initializer init, int out) {
        return new Sequence(convolution, new BatchNorm(init, out), Activation.relu());
    }

    int pictureChannels() {
        return pictureChannels;
    }

    /** Length of a feature vector. */
    int featureCount() {
        return features;
    }

    /** What the last layer sees of pictures [N, C, h, h] in [−1, 1]: [N, features], float32. */
    Tensor features(Tensor pictures) {
        return Scope.yielding(() -> {
            Tensor maps = levels.apply(stem.apply(Tensors.channelsLast(pictures)));
            return Tensors.mean(maps.to(ScalarType.Float), 2, 3);
        });
    }

    /** Unnormalised logarithms of the classes' probabilities, [N, classes] of [N, features], float32. */
    Tensor scores(Tensor features) {
        return Precision.inFloat32(() -> head.apply(features));
    }

    @Override
    protected Tensor forward(Tensor pictures) {
        return scores(features(pictures));
    }

    /** Halves the side, then adds what two convolutions find to what they saw. */
    private static final class Level extends Unary {
        private final Sequence down;
        private final Sequence residual;
        private final Activation relu;

        Level(Initializer init, int in, int out) {
            down = child("down", convolution(new Conv2d(init, in, out, 3, 2, 1), init, out));
            residual = child(
                    "residual",
                    new Sequence(
                            Conv2d.same(init, out, out),
                            new BatchNorm(init, out),
                            Activation.relu(),
                            Conv2d.same(init, out, out),
                            new BatchNorm(init, out)));
            relu = child("relu", Activation.relu());
        }

        @Override
        protected Tensor forward(Tensor x) {
            Tensor half = down.apply(x);
            return relu.apply(half.add(residual.apply(half)));
        }
    }
}
