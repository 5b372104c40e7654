package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Guidance;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How strongly pictures follow what they should show; whatever is empty was not said.
 *
 * @param weight 1 is none
 * @param rescale 0 to 1
 * @param interval {@code A:B}, guide only where σ/α lies above A and up to B; either may be missing
 * @param avoided what guidance leads away from, a context or words
 */
public record GuidanceWish(OptionalDouble weight, OptionalDouble rescale, Optional<String> interval, Asked avoided) {
    public static final GuidanceWish NOTHING =
            new GuidanceWish(OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), Asked.NOTHING);

    public GuidanceWish {
        if (avoided instanceof Asked.Labels) {
            throw new InputException("What guidance leads away from is a context or a prompt for all pictures.")
                    .about("negative");
        }
        if (weight.orElse(1) == 1 && (rescale.isPresent() || interval.isPresent())) {
            throw new InputException(
                            "guidanceRescale and guidanceInterval change guidance, and there is none: choose a weight such as guidance 3.")
                    .about("guidanceRescale", "guidanceInterval", "guidance");
        }
        understood(weight, rescale, interval);
    }

    GuidanceWish withWeight(double other) {
        return new GuidanceWish(OptionalDouble.of(other), rescale, interval, avoided);
    }

    /** What the words mean. */
    public Guidance guidance() {
        return understood(weight, rescale, interval);
    }

    private static Guidance understood(OptionalDouble weight, OptionalDouble rescale, Optional<String> interval) {
        String words = interval.orElse("0:");
        String[] ends = words.split(":", -1);
        return new Guidance(
                weight.orElse(1),
                rescale.orElse(0),
                end(ends, 0, 0, words),
                end(ends, 1, Double.POSITIVE_INFINITY, words));
    }

    private static double end(String[] ends, int index, double open, String words) {
        try {
            if (ends.length == 2) {
                return ends[index].isBlank() ? open : Double.parseDouble(ends[index].strip());
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new InputException(
                        Words.of("The interval of guidance takes two values of σ/α such as 0.3:5, got '%s'.", words))
                .about("guidanceInterval");
    }

    static GuidanceWish read(Fields fields) {
        return new GuidanceWish(
                fields.number("guidance"),
                fields.number("guidanceRescale"),
                fields.words("guidanceInterval"),
                AskedKeys.AVOIDED.read(fields));
    }

    void write(ObjectNode json) {
        weight.ifPresent(value -> json.put("guidance", value));
        rescale.ifPresent(value -> json.put("guidanceRescale", value));
        interval.ifPresent(value -> json.put("guidanceInterval", value));
        avoided.write(json, AskedKeys.AVOIDED);
    }
}
