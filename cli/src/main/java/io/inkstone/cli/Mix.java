package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inkstone.condition.Condition;
import io.inkstone.models.draw.Contexts;
import io.inkstone.tensor.Shapes;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A context in words: {@code hat=0.7,glasses=0.3} for all pictures, {@code none}, or the file of an array [N, c]. Its JSON
 * is the words.
 *
 * @param words as they stand on the line
 */
record Mix(@JsonValue String words) {
    private static final String NONE = "none";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Mix {}

    boolean isNone() {
        return words.equals(NONE);
    }

    private boolean isFile() {
        return words.endsWith(".npy");
    }

    /** How many pictures it tells apart; empty where it is the same for all. */
    OptionalInt number() {
        return isFile() ? OptionalInt.of((int) Images.array(words).shape()[0]) : OptionalInt.empty();
    }

    /** One row [c] per picture, or no rows for {@code none}. */
    List<Condition> rows(List<String> classes, int count) {
        if (isNone()) {
            return List.of();
        }
        return isFile() ? Contexts.rows(Images.array(words), count) : Contexts.mix(words, classes, count);
    }

    /** That of one picture, [c], with zeros for {@code none}. */
    float[] row(List<String> classes) {
        float[] row = rows(classes, 1).stream()
                .findFirst()
                .flatMap(Condition::weights)
                .orElseGet(() -> new float[classes.size()]);
        Shapes.require("The context of " + words, new long[] {row.length}, classes.size());
        return row;
    }

    /** With the name of a file as it is found from any folder. */
    Mix absolute() {
        return isFile() ? new Mix(Path.of(words).toAbsolutePath().normalize().toString()) : this;
    }
}
