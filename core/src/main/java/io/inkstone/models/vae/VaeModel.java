package io.inkstone.models.vae;

import io.inkstone.image.PixelRange;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Generates;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.LatentInputs;
import io.inkstone.models.LatentPrior;
import io.inkstone.models.PictureForm;
import io.inkstone.tensor.Scope;
import io.inkstone.train.Objective;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** A convolutional VAE: codes of pictures, and pictures of codes that are given, mixed or drawn from N(0, I). */
public final class VaeModel implements Generates, Autoencodes {
    private final VaeNetwork network;
    private final LatentInputs inputs;
    private final List<String> classes;
    private final double klWeight;

    VaeModel(VaeNetwork network, List<String> classes, double klWeight) {
        this.network = network;
        this.classes = classes;
        this.klWeight = klWeight;
        VaeShape shape = network.shape();
        inputs = new LatentInputs(network, LatentPrior.NORMAL, shape.latent(), shape.classes());
    }

    @Override
    public Layer network() {
        return network;
    }

    @Override
    public PictureForm pictures() {
        return new PictureForm(
                network.shape().pictureChannels(), network.shape().side(), PixelRange.UNIT);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public Objective objective() {
        return new VaeObjective(network, inputs, klWeight).asObjective();
    }

    @Override
    public long[] inputShape(int count) {
        VaeShape shape = network.shape();
        return new long[] {count, shape.pictureChannels(), shape.side(), shape.side()};
    }

    /** Encodes, and decodes the means. */
    @Override
    public void pass(long... inputShape) {
        TensorOptions where = network.state().values().iterator().next().options();
        Tensor contexts = torch.zeros(new long[] {inputShape[0], network.shape().classes()}, where);
        reconstruct(torch.zeros(inputShape, where), contexts);
    }

    @Override
    public Tensor encode(Tensor pictures, Tensor contexts) {
        return Scope.yielding(() -> network.encode(pictures, inputs.contexts(contexts, pictures.size(0))));
    }

    @Override
    public Tensor decode(Tensor latents, Tensor contexts) {
        return Scope.yielding(() -> network.decode(latents, inputs.contexts(contexts, latents.size(0))));
    }

    @Override
    public long[] latentShape() {
        return new long[] {network.shape().latent()};
    }

    @Override
    public Tensor start(List<Long> seeds) {
        return inputs.latents(seeds);
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        request.requireOnePass("The VAE");
        return Scope.yielding(() -> network.decode(inputs.latents(request), inputs.contexts(request)));
    }
}
