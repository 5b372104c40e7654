package io.inkstone.models.gan;

import io.inkstone.condition.ClassEncoder;
import io.inkstone.image.PixelRange;
import io.inkstone.layers.Layer;
import io.inkstone.models.Generates;
import io.inkstone.models.PictureForm;
import io.inkstone.models.code.LatentInputs;
import io.inkstone.models.code.LatentPrior;
import io.inkstone.models.dnn.LatentGenerator;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.train.Objective;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * A GAN (Goodfellow et al. 2014) whose generator is that of {@link io.inkstone.models.dnn.DnnModel}, layer by layer. Only
 * the teacher differs: no picture is compared with another one, so no mean of pictures is ever the best answer.
 */
public final class GanModel implements Generates {
    private final GanNetwork network;
    private final LatentInputs inputs;
    private final List<String> classes;

    GanModel(GanNetwork network, List<String> classes) {
        this.network = network;
        this.classes = classes;
        LatentGenerator.Shape shape = network.generator().shape();
        inputs = new LatentInputs(
                network, LatentPrior.NORMAL, shape.latent(), new ClassEncoder(classes, network::device));
    }

    @Override
    public Layer network() {
        return network;
    }

    @Override
    public PictureForm pictures() {
        LatentGenerator.Shape shape = network.generator().shape();
        return new PictureForm(shape.channels(), shape.side(), PixelRange.UNIT);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public Objective objective() {
        return new GanObjective(network, inputs);
    }

    @Override
    public long[] inputShape(int count) {
        return new long[] {count, network.generator().shape().inputs()};
    }

    /** The generator, then the discriminator on what it made. */
    @Override
    public void pass(long... inputShape) {
        LatentGenerator.Shape shape = network.generator().shape();
        Shapes.require("Input of the generator", inputShape, Shapes.ANY, shape.inputs());
        TensorOptions where = network.options();
        Tensor contexts = torch.zeros(new long[] {inputShape[0], shape.classes()}, where);
        Tensor made = network.generator().apply(torch.zeros(inputShape, where));
        network.discriminator().apply(made, contexts);
    }

    @Override
    public Tensor start(List<Long> seeds) {
        return inputs.latents(seeds);
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        request.requireOnePass("The GAN");
        return Scope.yielding(() -> network.generator().apply(inputs.latents(request), inputs.contexts(request)));
    }
}
