package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.models.Contexts;
import io.inkstone.models.Model;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The classes of pictures, for conditional models. */
final class Labels {
    @Option(
            names = "--labels",
            paramLabel = "A,B,…",
            description = "A class per picture, by number or name, or one for all. Conditional models need this or"
                    + " --context, unless they learnt to go without.")
    private String labels;

    @Option(
            names = "--context",
            paramLabel = "MIX",
            description = "One context for all: hat=0.7,glasses=0.3, or none, or C.npy.")
    private String context;

    /** One row per picture, or empty; an error where nothing was said and the model was never shown such a picture. */
    List<float[]> rows(Model model, int count) {
        if (!isSaid() && !model.knowsEmptyContext()) {
            throw new InputException(
                    "This model was trained with the labels of every picture, and none were given: say --labels or --context, of %s, or --context none for all zeros, which it may never have seen."
                            .formatted(String.join(", ", model.classes())));
        }
        return rows(labels, context, model.classes(), count);
    }

    boolean isSaid() {
        return labels != null || context != null;
    }

    /** What was said, for the text of a picture. */
    void putInto(Map<String, Object> said) {
        if (labels != null) {
            said.put("labels", labels);
        }
        if (context != null) {
            said.put("context", context);
        }
    }

    /** The same as it stands on a line of {@code sample}, which draws all classes where none is said. */
    String words(Model model) {
        if (labels != null) {
            return " --labels " + quoted(labels);
        }
        return context == null && model.classes().isEmpty()
                ? ""
                : " --context " + (context == null ? "none" : quoted(context));
    }

    private static String quoted(String words) {
        return words.contains(" ") ? '"' + words + '"' : words;
    }

    /** What {@code --labels} and {@code --context} say, null where nothing was said: one row per picture, or empty. */
    static List<float[]> rows(String labels, String context, List<String> classes, int count) {
        if (labels != null) {
            return Contexts.labels(labels, classes, count);
        }
        if (context == null || context.equals("none")) {
            return List.of();
        }
        return context.endsWith(".npy")
                ? Contexts.rows(Images.array(context), count)
                : Contexts.mix(context, classes, count);
    }
}
