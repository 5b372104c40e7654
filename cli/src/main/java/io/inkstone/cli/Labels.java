package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.models.Model;
import io.inkstone.models.draw.Contexts;
import io.inkstone.models.draw.Interpolation;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The classes of pictures, for conditional models; null where nothing was said. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class Labels {
    @Option(
            names = "--labels",
            paramLabel = "A,B,…",
            description = "A class per picture, by number or name, or one for all. Conditional models need this or"
                    + " --context, unless they learnt to go without; 'sample' draws all classes without.")
    private String labels;

    @Option(
            names = "--context",
            paramLabel = "MIX",
            description = "One context for all: hat=0.7,glasses=0.3, or none, or C.npy [N, c].")
    private Mix context;

    boolean isSaid() {
        return labels != null || context != null;
    }

    /** Whether pictures without a class are asked for, in so many words. */
    boolean isNone() {
        return labels == null && context != null && context.isNone();
    }

    /** How many pictures the words tell the class of; empty where they serve any number. */
    OptionalInt number() {
        if (labels != null) {
            return OptionalInt.of(labels.split(",").length);
        }
        return context == null ? OptionalInt.empty() : context.number();
    }

    /** What was said, one per picture; empty for no class. */
    List<Condition> said(List<String> classes, int count) {
        if (labels != null) {
            return Contexts.labels(labels, classes, count);
        }
        return context == null ? List.of() : context.rows(classes, count);
    }

    /** What was said of one picture; zeros for no class. */
    float[] row(List<String> classes) {
        return labels != null
                ? Contexts.labels(labels, classes, 1).get(0).weights().orElseThrow()
                : context.row(classes);
    }

    /** One per picture, or empty; an error where nothing was said and the model was never shown such a picture. */
    List<Condition> rows(Model model, int count) {
        if (!isSaid() && !model.knowsEmptyContext()) {
            throw new InputException(Words.of(
                    "This model was trained with the labels of every picture, and none were given: say --labels or --context, of %s, or --context none for all zeros, which it may never have seen.",
                    String.join(", ", model.classes())));
        }
        return said(model.classes(), count);
    }

    /**
     * The same along a way from one picture to another. Two classes are those of its ends; between them contexts go in a
     * straight line.
     *
     * @param count pictures of the way, its ends included
     */
    List<Condition> along(Model model, int count) {
        int given = number().orElse(1);
        if (given > 2 && given != count) {
            throw new InputException(Words.of(
                    "A way of %s takes one class for all, two for its ends, or %,d, one a picture; got %,d.",
                    Counted.of(count, "picture"), count, given));
        }
        if (given != 2) {
            return rows(model, count);
        }
        List<float[]> ends = rows(model, 2).stream()
                .map(end ->
                        end.weights().orElseGet(() -> new float[model.classes().size()]))
                .toList();
        return Contexts.between(ends.get(0), ends.get(1), Interpolation.LINEAR, count);
    }

    /** Refuses classes of several pictures, as wrong usage; {@code reason} begins the sentence. */
    void requireOne(Common common, String reason) {
        int given = number().orElse(1);
        if (given != 1) {
            throw common.wrongUsage(Words.of("%s: give one class, got %,d.", reason, given));
        }
    }

    /** With the name of a file as it is found from any folder. */
    void makeAbsolute() {
        context = context == null ? null : context.absolute();
    }

    /** What was said, for the text of a picture. */
    void putInto(Map<String, Object> said) {
        if (labels != null) {
            said.put("labels", labels);
        }
        if (context != null) {
            said.put("context", context.words());
        }
    }

    /** The same as it stands on a line of {@code sample}, which draws all classes where none is said. */
    String words(Model model) {
        if (labels != null) {
            return " --labels " + ShellWord.quoted(labels);
        }
        return context == null && model.classes().isEmpty()
                ? ""
                : " --context " + (context == null ? "none" : ShellWord.quoted(context.words()));
    }
}
