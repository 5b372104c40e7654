package io.inkstone.models.classifier;

import io.inkstone.Words;
import io.inkstone.data.Transform;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.image.PictureShape;
import io.inkstone.image.Pixels;
import io.inkstone.models.PictureForm;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;

/** A trained classifier as a judge: what its last layer sees are the features; its softmax, or the sigmoids of attributes, the probabilities. */
final class ClassifierFeatures implements FeatureNetwork {
    private static final int BATCH = 128;

    private final ClassifierModel model;
    private final String name;
    private final String hash;
    private final ComputeDevice device;

    /**
     * @param model filled, and owned from here on
     * @param name for people
     * @param hash of the weights
     * @param device where the model lives
     */
    ClassifierFeatures(ClassifierModel model, String name, String hash, ComputeDevice device) {
        this.model = model;
        this.name = name;
        this.hash = hash;
        this.device = device;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String hash() {
        return hash;
    }

    @Override
    public String preprocessing() {
        PictureForm form = model.pictures();
        return Words.of(
                "8-bit %s, %d×%d (resized with antialiasing if need be), values in [−1, 1]",
                form.channels() == 1 ? "grey" : "RGB",
                form.size().side(),
                form.size().side());
    }

    @Override
    public int features() {
        return model.network().featureCount();
    }

    @Override
    public int outputs() {
        return model.classes().size();
    }

    @Override
    public List<String> classes() {
        return model.classes();
    }

    @Override
    public boolean exclusive() {
        return !model.tellsAttributes();
    }

    @Override
    public Reading read(List<Pixels> pictures) {
        return Reading.inBatches(this, BATCH, pictures, this::pass);
    }

    private Reading pass(List<Pixels> pictures) {
        PictureForm form = model.pictures();
        Transform transform = new Transform(OptionalInt.empty(), form.size().side(), form.channels());
        List<Pixels> fitting = pictures.stream()
                .map(picture -> transform.apply(picture, "A picture"))
                .toList();
        PictureShape shape = new PictureShape(
                fitting.size(), form.channels(), form.size().side(), form.size().side());
        try (Scope scope = Scope.open()) {
            Tensor values = Tensors.of(
                    form.range().toModel(fitting), shape.count(), shape.channels(), shape.height(), shape.width());
            Tensor features = model.network().features(device.place(values));
            Tensor scores = model.network().scores(features);
            return new Reading(
                    Tensors.toFloats(features), Tensors.toFloats(exclusive() ? scores.softmax(1) : scores.sigmoid()));
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
