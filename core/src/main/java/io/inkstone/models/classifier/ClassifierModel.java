package io.inkstone.models.classifier;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.image.PixelRange;
import io.inkstone.models.Classifies;
import io.inkstone.models.DataForm;
import io.inkstone.models.PictureForm;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import io.inkstone.train.Quantity;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
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
        if (!attributes) {
            requireOneClassEach(batch.conditions(), count);
        }
        Tensor truth = conditions().told(batch.conditions(), count).vector();
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

    /** Told from the words of the batch, not from its tensors, which may be on a device that would be waited for. */
    private static void requireOneClassEach(List<Condition> conditions, int count) {
        long right = conditions.stream()
                .filter(condition -> isOneClass(condition.weights().orElse(new float[0])))
                .count();
        if (right < count) {
            throw new InputException(Words.of(
                            "A classifier learns from one class per picture; %d of the %d pictures of this batch have none or several. Give data with classes, or learn attributes.",
                            count - right, count))
                    .about("model.attributes=true");
        }
    }

    private static boolean isOneClass(float[] weights) {
        float sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return sum == 1;
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
