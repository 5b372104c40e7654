package io.inkstone.condition;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Tells a network the weights of its classes as a vector; zeros where a picture has none.
 *
 * @param classes their names; empty for a model that knows none and is told zeros whatever is known of a picture
 * @param size c, values of the vector: the number of classes, or what the network takes instead where there are none
 * @param device where the network is, whenever it is asked
 */
public record ClassEncoder(List<String> classes, int size, Supplier<ComputeDevice> device) implements ConditionEncoder {
    public ClassEncoder {
        classes = List.copyOf(classes);
    }

    /** With a value a class. */
    public ClassEncoder(List<String> classes, Supplier<ComputeDevice> device) {
        this(classes, classes.size(), device);
    }

    /** The vectors [count, size], float32. */
    public Tensor vectors(List<Condition> conditions, int count) {
        float[] values = new float[count * size];
        for (int i = 0; i < conditions.size() && !classes.isEmpty(); i++) {
            int at = i * size;
            conditions.get(i).weights().ifPresent(weights -> {
                requireSize(weights);
                System.arraycopy(weights, 0, values, at, size);
            });
        }
        return device.get().place(Tensors.of(values, count, size));
    }

    @Override
    public Told told(List<Condition> conditions, int count) {
        return Told.of(vectors(conditions, count));
    }

    @Override
    public void require(Condition wish) {
        if (wish instanceof Condition.Nothing) {
            return;
        }
        // A picture of a set with labels and captions may be asked for as it is known.
        float[] weights = wish.weights().orElse(null);
        if (weights == null) {
            throw new InputException(Words.of(
                    "This model was not trained on %s, which was asked for. %s",
                    wish.words().map(words -> "words (\"" + words + "\")").orElse(wish.toString()),
                    classes.isEmpty()
                            ? "It knows no classes either: ask for pictures without a condition."
                            : Words.of("It knows classes: %s.", String.join(", ", classes))));
        }
        if (classes.isEmpty()) {
            throw new InputException(
                    "This model was trained without classes: ask for pictures without one, or train it with model.conditional=true.");
        }
        requireSize(weights);
    }

    private void requireSize(float[] weights) {
        Shapes.require("Context of a picture", new long[] {weights.length}, size);
    }
}
