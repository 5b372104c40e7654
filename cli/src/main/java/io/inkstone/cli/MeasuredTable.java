package io.inkstone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.run.EvaluationLog;
import io.inkstone.run.SavedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code evaluate} found of runs earlier, side by side: the newest evaluation of each that has an FID. */
final class MeasuredTable {
    private static final List<String> FIGURES =
            List.of("fid", "kid", "precision", "recall", "density", "coverage", "accuracy", "inceptionScore");
    /** Where these differ, figures do not compare. */
    private static final List<String> ALIKE = List.of("judgeSha256", "data", "real", "count", "pictures");

    private final Map<String, JsonNode> byRun = new LinkedHashMap<>();

    /** @param names of the runs, which tell them apart */
    MeasuredTable(List<String> names, List<SavedRun> runs) {
        for (int i = 0; i < runs.size(); i++) {
            String name = names.get(i);
            EvaluationLog.latest(runs.get(i).directory(), "fid").ifPresent(node -> byRun.put(name, node));
        }
    }

    /** For JSON: the lines by run. */
    Map<String, JsonNode> fields() {
        return byRun;
    }

    /** Empty where nothing was measured. */
    String text() {
        if (byRun.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("%n%-28s".formatted("evaluated earlier"));
        FIGURES.forEach(name -> text.append(" %10s".formatted(name.equals("inceptionScore") ? "IS" : name)));
        text.append(System.lineSeparator());
        byRun.forEach((run, line) -> {
            text.append("%-28s".formatted(run));
            FIGURES.forEach(name ->
                    text.append(" %10s".formatted(number(line.path("figures").path(name)))));
            JsonNode protocol = line.path("protocol");
            text.append("  %s pictures, %s, %s%n"
                    .formatted(
                            protocol.path("count").asText(),
                            protocol.path("sampling").asText(),
                            protocol.path("judge").asText()));
        });
        List<String> different = different();
        if (!different.isEmpty()) {
            text.append("These were measured differently (%s): do not compare them.%n"
                    .formatted(String.join(", ", different)));
        }
        return text.toString();
    }

    private List<String> different() {
        List<String> all = new ArrayList<>();
        for (String name : ALIKE) {
            long values = byRun.values().stream()
                    .map(line -> line.path("protocol").path(name).asText())
                    .distinct()
                    .count();
            if (values > 1) {
                all.add(name);
            }
        }
        return all;
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.4g", value.asDouble()) : "-";
    }
}
