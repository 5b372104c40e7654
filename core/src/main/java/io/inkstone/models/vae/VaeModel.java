package io.inkstone.models.vae;

import io.inkstone.InputException;
import io.inkstone.condition.ClassEncoder;
import io.inkstone.condition.Told;
import io.inkstone.evaluate.LatentLikelihood;
import io.inkstone.image.PixelRange;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Generates;
import io.inkstone.models.PictureForm;
import io.inkstone.models.code.LatentInputs;
import io.inkstone.models.code.LatentPrior;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.tensor.Scope;
import io.inkstone.train.Objective;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** A convolutional VAE: codes of pictures, and pictures of codes that are given, mixed or drawn from N(0, I). */
public final class VaeModel implements Generates, Autoencodes, LatentLikelihood {
    private final CodeNetwork network;
    private final LatentInputs inputs;
    private final List<String> classes;
    private final VaeSettings.ObjectiveGroup settings;

    VaeModel(CodeNetwork network, List<String> classes, VaeSettings.ObjectiveGroup settings) {
        this.network = network;
        this.classes = classes;
        this.settings = settings;
        inputs = new LatentInputs(
                network.layer(),
                LatentPrior.NORMAL,
                network.shape().latent(),
                new ClassEncoder(classes, network.layer()::device));
    }

    @Override
    public Layer network() {
        return network.layer();
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
        return new VaeObjective(network, inputs, settings).asObjective();
    }

    @Override
    public long[] inputShape(int count) {
        return new long[] {
            count,
            network.shape().pictureChannels(),
            network.shape().side(),
            network.shape().side()
        };
    }

    /** Encodes, and decodes the means. */
    @Override
    public void pass(long... inputShape) {
        TensorOptions where = network().options();
        Tensor contexts = torch.zeros(new long[] {inputShape[0], network.shape().classes()}, where);
        reconstruct(torch.zeros(inputShape, where), Told.of(contexts));
    }

    @Override
    public Tensor encode(Tensor pictures, Told told) {
        return Scope.yielding(() -> network.encode(pictures, told.vector()));
    }

    @Override
    public Tensor decode(Tensor latents, Told told) {
        return Scope.yielding(() -> network.decode(latents, told.vector()));
    }

    /** Of pictures of zeros and ones; for a decoder that was trained as such. */
    @Override
    public Tensor logLikelihood(Tensor pictures, Tensor latents, Told told) {
        if (settings.likelihood() != VaeSettings.Likelihood.BERNOULLI) {
            throw new InputException(
                    "This VAE was trained on squared errors, which are no likelihood of pictures: train one with objective.likelihood bernoulli, such as the recipe mnist-vae-nll.");
        }
        return Scope.yielding(() -> BernoulliLikelihood.of(network.logits(latents, told.vector()), pictures));
    }

    @Override
    public Tensor observed(Tensor pictures, Tensor uniform) {
        return BernoulliLikelihood.drawn(pictures, uniform);
    }

    @Override
    public String words() {
        return "Bernoulli of values 0 and 1, drawn once with the grey values as probabilities";
    }

    /** Of a decoder that was trained as one; squared errors are no likelihood of pictures. */
    @Override
    public Optional<LatentLikelihood> likelihood() {
        return settings.likelihood() == VaeSettings.Likelihood.BERNOULLI ? Optional.of(this) : Optional.empty();
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
