package io.inkstone.models.classifier;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.image.PixelRange;
import io.inkstone.models.Classifies;
import io.inkstone.models.DataForm;
import io.inkstone.models.PictureForm;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Readback;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import io.inkstone.train.Quantity;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Says which class a picture is of, or which attributes it has. Trained with the cross entropy of its softmax, in nats, which is
 * logged as {@code loss} beside {@code accuracy}, the share of pictures whose largest score is that of their class. For attributes
 * both are means over all of them: the cross entropy of each one's sigmoid, and the share of those that are told right.
 */
public final class ClassifierModel implements Classifies {
    private final ClassifierNetwork network;
    private final DataForm data;
    private final boolean attributes;
    private final int shift;

    /** @param attributes whether a picture has any number of classes; else exactly one */
    ClassifierModel(ClassifierNetwork network, DataForm data, boolean attributes, int shift) {
        this.attributes = attributes;
        this.network = network;
        this.data = data;
        this.shift = shift;
    }

    @Override
    public ClassifierNetwork network() {
        return network;
    }

    @Override
    public PictureForm pictures() {
        return new PictureForm(data.channels(), data.side(), PixelRange.SYMMETRIC);
    }

    @Override
    public List<String> classes() {
        return data.classes();
    }

    /** Whether a picture has any number of classes; else exactly one. */
    boolean tellsAttributes() {
        return attributes;
    }

    @Override
    public FeatureNetwork judge(String name, String hash, ComputeDevice device) {
        return new ClassifierFeatures(this, name, hash, device);
    }

    @Override
    public Objective objective() {
        return Objective.of(network, List.of(Quantity.of("loss", Quantity.NATS)), this::losses);
    }

    private Losses losses(Batch batch, Draws draws) {
        int count = batch.size();
        Tensor truth = conditions().told(batch.conditions(), count).vector();
        if (!attributes) {
            requireOneClassEach(truth, count);
        }
        Tensor seen = network.training() ? Shifted.of(batch.pictures(), shift, draws) : batch.pictures();
        Tensor scores = network.apply(seen);
        if (attributes) {
            Tensor right =
                    scores.detach().gt(new Scalar(0)).to(ScalarType.Float).eq(truth);
            return new Losses(
                    torch.binary_cross_entropy_with_logits(scores, truth),
                    Map.of("accuracy", right.to(ScalarType.Float).mean()));
        }
        Tensor loss = torch.log_softmax(scores, 1).mul(truth).sum().div(new Scalar(-(double) count));
        Tensor right = best(scores).eq(best(truth)).to(ScalarType.Float);
        return new Losses(loss, Map.of("accuracy", right.mean()));
    }

    private static Tensor best(Tensor rows) {
        return rows.detach().argmax(new LongOptional(1), false);
    }

    private static void requireOneClassEach(Tensor context, int count) {
        Tensor classes = context.sum(new long[] {1}, false, new ScalarTypeOptional());
        double wrong = Readback.number(classes.ne(new Scalar(1.0)).sum());
        if (wrong > 0) {
            throw new InputException(Words.of(
                    "A classifier learns from one class per picture; %.0f of the %d pictures of this batch have none or several. Give data with classes, or learn attributes (--set model.attributes=true).",
                    wrong, count));
        }
    }

    @Override
    public long[] inputShape(int count) {
        return new long[] {count, data.channels(), data.side(), data.side()};
    }

    @Override
    public void pass(long... inputShape) {
        network.apply(torch.zeros(inputShape, network.options()));
    }
}
