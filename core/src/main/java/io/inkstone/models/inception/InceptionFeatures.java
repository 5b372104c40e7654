package io.inkstone.models.inception;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.Sha256;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.image.PictureShape;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Pixels;
import io.inkstone.layers.Initializer;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The features of published FID figures, with weights that the user gives. */
public final class InceptionFeatures implements FeatureNetwork {
    private static final int BATCH = 16;

    private final InceptionNetwork network;
    private final ComputeDevice device;
    private final String hash;

    private InceptionFeatures(WeightSet weights, String hash, ComputeDevice device) {
        this.hash = hash;
        this.device = device;
        try (Scope scope = Scope.open()) {
            network = new InceptionNetwork(Initializer.empty());
        }
        network.training(false);
        network.trainable(false);
        try {
            LayerState.fill(network.state(), weights);
        } catch (RuntimeException wrong) {
            network.close();
            throw wrong;
        }
        network.moveTo(device);
    }

    /** Reads a file of the layout {@code pt_inception-2015-12-05}; anything else is refused by name and shape. */
    public static InceptionFeatures open(Path file, ComputeDevice device) {
        try {
            return new InceptionFeatures(WeightFile.read(file), Sha256.of(file), device);
        } catch (InputException wrong) {
            throw new InputException(
                    Words.of(
                            "%s is no Inception of 2015-12-05, as FID programs for PyTorch download it (pt_inception-2015-12-05-6726825d.pth): %s",
                            file, wrong.getMessage()),
                    wrong);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    @Override
    public String name() {
        return "inception-2015-12-05";
    }

    @Override
    public String hash() {
        return hash;
    }

    @Override
    public String preprocessing() {
        return "8-bit RGB (grey repeated), bilinear to 299×299 without antialiasing, values in [−1, 1]";
    }

    @Override
    public int features() {
        return InceptionNetwork.FEATURES;
    }

    @Override
    public int outputs() {
        return InceptionNetwork.OUTPUTS;
    }

    /** Its 1,008 outputs have no names in the file. */
    @Override
    public List<String> classes() {
        return List.of();
    }

    @Override
    public Reading read(List<Pixels> pictures) {
        return Reading.inBatches(this, BATCH, pictures, this::pass);
    }

    private Reading pass(List<Pixels> pictures) {
        try (Scope scope = Scope.open()) {
            List<Pixels> rgb =
                    pictures.stream().map(picture -> picture.withChannels(3)).toList();
            Pixels first = rgb.get(0);
            PictureShape shape = new PictureShape(rgb.size(), 3, first.height(), first.width());
            Tensor unit = Tensors.of(
                    PixelRange.UNIT.toModel(rgb), shape.count(), shape.channels(), shape.height(), shape.width());
            Tensor large = torch.upsample_bilinear2d(
                    device.place(unit), new long[] {InceptionNetwork.SIDE, InceptionNetwork.SIDE}, false);
            Tensor features = network.features(large.mul(new Scalar(2.0)).sub(new Scalar(1.0)));
            return new Reading(
                    Tensors.toFloats(features),
                    Tensors.toFloats(network.scores(features).softmax(1)));
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
