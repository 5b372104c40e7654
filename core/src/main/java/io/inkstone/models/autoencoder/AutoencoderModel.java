package io.inkstone.models.autoencoder;

import io.inkstone.condition.Told;
import io.inkstone.image.PixelRange;
import io.inkstone.layers.BlockPass;
import io.inkstone.layers.HandPass;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.DataForm;
import io.inkstone.models.PictureForm;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.train.Objective;
import io.inkstone.weights.WeightFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** An autoencoder network with what it learns from. It knows no classes: contexts are ignored. */
public final class AutoencoderModel implements Autoencodes {
    private final AutoencoderNetwork network;
    private final AutoencoderSettings settings;
    private final int side;

    AutoencoderModel(AutoencoderNetwork network, AutoencoderSettings settings, DataForm data) {
        this.network = network;
        this.settings = settings;
        side = data.side();
    }

    @Override
    public Layer network() {
        return network;
    }

    @Override
    public PictureForm pictures() {
        return new PictureForm(network.shape().channels(), side, PixelRange.SYMMETRIC);
    }

    @Override
    public List<String> classes() {
        return List.of();
    }

    @Override
    public Map<String, String> weightMetadata() {
        return Map.of(WeightFile.NORM_GROUPS, String.valueOf(network.shape().groups()));
    }

    @Override
    public Objective objective() {
        return new AutoencoderObjective(network, settings).asObjective();
    }

    @Override
    public long[] inputShape(int count) {
        return new long[] {count, network.shape().channels(), side, side};
    }

    @Override
    public void pass(long... inputShape) {
        Scope.run(() -> {
            Tensor moments = encode(torch.zeros(inputShape, network.options()), null);
            decode(Autoencodes.mean(moments), null);
        });
    }

    @Override
    public Set<Layer> recomputed(int count, int bytes) {
        long[] shape = inputShape(count);
        boolean byHand = HandPass.pays(ComputeDevice.CPU, shape);
        return settings.recomputes(network.shape(), bytes, byHand, shape) ? network.blocks() : Set.of();
    }

    @Override
    public Tensor encode(Tensor pictures, Told told) {
        return network.encode(pictures, BlockPass.PLAIN);
    }

    @Override
    public Tensor decode(Tensor latents, Told told) {
        return network.decode(latents, BlockPass.PLAIN);
    }

    @Override
    public long[] latentShape() {
        int small = side / network.shape().reduction();
        return new long[] {network.shape().latent(), small, small};
    }
}
