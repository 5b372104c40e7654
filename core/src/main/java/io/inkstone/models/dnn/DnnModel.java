package io.inkstone.models.dnn;

import io.inkstone.condition.ClassEncoder;
import io.inkstone.image.PixelRange;
import io.inkstone.layers.Layer;
import io.inkstone.models.Generates;
import io.inkstone.models.PictureForm;
import io.inkstone.models.code.LatentInputs;
import io.inkstone.models.code.LatentPrior;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A generator that is told which picture it should have made: the squared error to a real picture of the same label.
 *
 * <p>Its flaw is the reason for the other families. The latent says nothing about the picture that it is compared with,
 * so the best answer to every latent is the mean of all pictures of the label, E[picture | label]: blurred, and always
 * the same.
 */
public final class DnnModel implements Generates {
    private final LatentGenerator network;
    private final LatentInputs inputs;
    private final List<String> classes;

    DnnModel(LatentGenerator network, List<String> classes) {
        this.network = network;
        this.classes = classes;
        LatentGenerator.Shape shape = network.shape();
        inputs = new LatentInputs(
                network, LatentPrior.UNIFORM, shape.latent(), new ClassEncoder(classes, network::device));
    }

    @Override
    public Layer network() {
        return network;
    }

    /** [0, 1]: the targets must lie where the sigmoid can reach them. */
    @Override
    public PictureForm pictures() {
        return new PictureForm(network.shape().channels(), network.shape().side(), PixelRange.UNIT);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public Objective objective() {
        return Objective.of(network, this::losses);
    }

    private Losses losses(Batch batch, Draws draws) {
        Tensor made = network.apply(inputs.latents(batch, draws), inputs.contexts(batch));
        return Losses.of(Tensors.meanSquaredError(made, batch.pictures()));
    }

    @Override
    public long[] inputShape(int count) {
        return new long[] {count, network.shape().inputs()};
    }

    @Override
    public void pass(long... inputShape) {
        network.apply(torch.zeros(inputShape, network.options()));
    }

    @Override
    public Tensor start(List<Long> seeds) {
        return inputs.latents(seeds);
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        request.requireOnePass("The DNN");
        return Scope.yielding(() -> network.apply(inputs.latents(request), inputs.contexts(request)));
    }
}
