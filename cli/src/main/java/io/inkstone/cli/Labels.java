package io.inkstone.cli;

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
            description = "A class per picture, by number or name, or one for all; conditional models need it.")
    private String labels;

    @Option(
            names = "--context",
            paramLabel = "MIX",
            description = "One context for all: hat=0.7,glasses=0.3, or C.npy.")
    private String context;

    /** One row per picture, or empty. */
    List<float[]> rows(Model model, int count) {
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
