package io.inkstone.models.inception;

import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Unary;
import io.inkstone.models.inception.ConvolutionNorm.Window;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Inception v3 (Szegedy et al. 2016) as of 2015-12-05, the network of the published FID figures: [N, 3, 299, 299] in
 * [−1, 1] → [N, 2048] features. Names are those of the file {@code pt_inception-2015-12-05}. It differs from the Inception
 * v3 that image libraries ship in its pools ({@link Pooling}) and has 1,008 outputs: features of the two do not compare.
 */
final class InceptionNetwork extends Layer {
    static final int SIDE = 299;
    static final int FEATURES = 2048;
    static final int OUTPUTS = 1008;

    private final List<UnaryOperator<Tensor>> steps = new ArrayList<>();
    private final Linear fc;

    InceptionNetwork(Initializer init) {
        block("Conv2d_1a_3x3", new ConvolutionNorm(init, 3, 32, Window.inside(3, 2)));
        block("Conv2d_2a_3x3", new ConvolutionNorm(init, 32, 32, Window.inside(3, 1)));
        block("Conv2d_2b_3x3", new ConvolutionNorm(init, 32, 64, Window.same(3, 3)));
        steps.add(Pooling.HALVING::apply);
        block("Conv2d_3b_1x1", new ConvolutionNorm(init, 64, 80, Window.POINT));
        block("Conv2d_4a_3x3", new ConvolutionNorm(init, 80, 192, Window.inside(3, 1)));
        steps.add(Pooling.HALVING::apply);
        block("Mixed_5b", Mixed.a(init, 192, 32));
        block("Mixed_5c", Mixed.a(init, 256, 64));
        block("Mixed_5d", Mixed.a(init, 288, 64));
        block("Mixed_6a", Mixed.b(init));
        block("Mixed_6b", Mixed.c(init, 128));
        block("Mixed_6c", Mixed.c(init, 160));
        block("Mixed_6d", Mixed.c(init, 160));
        block("Mixed_6e", Mixed.c(init, 192));
        block("Mixed_7a", Mixed.d(init));
        block("Mixed_7b", Mixed.e(init, 1280, Pooling.MEAN));
        block("Mixed_7c", Mixed.e(init, 2048, Pooling.MAX));
        fc = child("fc", new Linear(init, FEATURES, OUTPUTS));
    }

    private void block(String name, Unary block) {
        steps.add(child(name, block)::apply);
    }

    /** [N, 2048] of pictures [N, 3, 299, 299] in [−1, 1]. */
    Tensor features(Tensor pictures) {
        Shapes.require("Input of Inception", pictures, Shapes.ANY, 3, SIDE, SIDE);
        return Scope.yielding(() -> {
            Tensor x = Tensors.channelsLast(pictures);
            for (UnaryOperator<Tensor> step : steps) {
                x = step.apply(x);
            }
            return Tensors.mean(x, 2, 3);
        });
    }

    /**
     * Scores [N, 1008] without the last layer's bias: the program that defined the inception score multiplies by the
     * weights alone.
     */
    Tensor scores(Tensor features) {
        return features.matmul(fc.parameters().get("weight").t());
    }
}
