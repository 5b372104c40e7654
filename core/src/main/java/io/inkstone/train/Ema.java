package io.inkstone.train;

import io.inkstone.layers.Layer;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * An exponential moving average of a network: parameters and running statistics alike. The half-life grows with training
 * up to its value (at most a twentieth of the pictures seen), so that the start is forgotten (Karras et al. 2022,
 * appendix F.2).
 */
public final class Ema implements AutoCloseable {
    private static final double RAMP = 0.05;
    private static final Operator LERP = Operator.named("aten::_foreach_lerp_", "Scalar");

    private final double halfLifePictures;
    private final Layer average;
    private final List<Tensor> averages = new ArrayList<>();
    private final List<Tensor> sources = new ArrayList<>();

    /**
     * @param network what is trained
     * @param average a second network of the same form; it starts as a copy and is owned from here on
     * @param halfLifePictures pictures after which a past weight counts half
     */
    public Ema(Layer network, Layer average, double halfLifePictures) {
        this.halfLifePictures = halfLifePictures;
        this.average = average;
        average.copyFrom(network);
        average.trainable(false);
        average.training(false);
        Map<String, Tensor> shadow = average.state();
        network.state().forEach((name, tensor) -> {
            sources.add(tensor);
            averages.add(shadow.get(name));
        });
    }

    /**
     * Follows the network after a step.
     *
     * @param pictures seen in this step
     * @param picturesSoFar seen since the start, this step included
     */
    public void update(long pictures, long picturesSoFar) {
        double halfLife = Math.min(halfLifePictures, RAMP * picturesSoFar);
        double decay = Math.pow(0.5, pictures / halfLife);
        try (NoGradient none = NoGradient.begin()) {
            LERP.call(averages, sources, 1 - decay);
        }
    }

    /** The averaged network, always in evaluation mode. */
    public Layer network() {
        return average;
    }

    @Override
    public void close() {
        average.close();
    }
}
