package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Choices;
import io.inkstone.InputException;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * By what means a wish is carried out; whatever is empty was not said.
 *
 * @param batch most pictures at once
 * @param weights of the run; averaged ones where nothing was said
 * @param precision of the passes
 */
public record Means(OptionalInt batch, Optional<SavedRun.Weights> weights, Optional<Precision> precision) {
    public static final Means NOTHING = new Means(OptionalInt.empty(), Optional.empty(), Optional.empty());

    public Means {
        if (batch.isPresent() && batch.getAsInt() < 1) {
            throw new InputException("A batch has 1 picture or more, got %d.".formatted(batch.getAsInt()))
                    .about("batch");
        }
    }

    static Means read(Fields fields) {
        return new Means(
                fields.whole("batch"),
                fields.choice("weights", SavedRun.Weights.class),
                fields.choice("precision", Precision.class));
    }

    void write(ObjectNode json) {
        batch.ifPresent(value -> json.put("batch", value));
        weights.ifPresent(value -> json.put("weights", Choices.word(value)));
        precision.ifPresent(value -> json.put("precision", Choices.word(value)));
    }
}
