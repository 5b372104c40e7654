package io.inkstone.run.preview;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.Words;
import io.inkstone.image.Curves;
import io.inkstone.run.MetricsLog;
import io.inkstone.train.Objective;
import io.inkstone.train.Phase;
import io.inkstone.train.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The logged losses of a run as charts: one a quantity, with training and validation in it. Losses that are equal
 * throughout, as a total and its only part are, make one curve that bears all their names. Pictures seen tell the lines of
 * each kind apart; steps do not, where several epochs make one.
 */
final class LossCharts {
    private static final String TRAINING = "training";

    /** By name, then by training or validation: values by pictures seen. */
    private final Map<String, Map<String, SortedMap<Double, Double>>> values = new LinkedHashMap<>();

    /** @param metrics lines of metrics.jsonl */
    LossCharts(List<JsonNode> metrics) {
        for (JsonNode line : metrics) {
            String split = line.path(MetricsLog.SPLIT).asText(TRAINING);
            if (split.equals(MetricsLog.EPOCH)) {
                continue; // the means of what is drawn
            }
            line.path("losses").properties().forEach(loss -> values.computeIfAbsent(
                            loss.getKey(), name -> new LinkedHashMap<>())
                    .computeIfAbsent(split, any -> new TreeMap<>())
                    .put(line.path("pictures").asDouble(), loss.getValue().asDouble()));
        }
    }

    /** What is minimised first, then the rest in the order of the log; none before anything was logged. */
    List<Curves> of(Objective objective) {
        Map<Quantity, List<List<String>>> curves = new LinkedHashMap<>();
        for (List<String> names : equalOnes(objective.phases())) {
            Quantity quantity = objective.quantities().stream()
                    .filter(one -> names.stream().anyMatch(one.names()::contains))
                    .findFirst()
                    .orElseGet(() -> Quantity.of(names.get(0), ""));
            curves.computeIfAbsent(quantity, any -> new ArrayList<>()).add(names);
        }
        return curves.entrySet().stream()
                .map(entry -> chart(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** All names, those of equal losses together. */
    private Collection<List<String>> equalOnes(List<Phase> phases) {
        Map<Object, List<String>> names = new LinkedHashMap<>();
        Stream.concat(phases.stream().map(Phase::name), values.keySet().stream())
                .distinct()
                .filter(values::containsKey)
                .forEach(name -> names.computeIfAbsent(values.get(name), any -> new ArrayList<>())
                        .add(name));
        return names.values();
    }

    /** @param curves the names of each */
    private Curves chart(Quantity quantity, List<List<String>> curves) {
        boolean alone = curves.size() == 1;
        String title = alone ? joined(curves.get(0)) : quantity.title();
        List<Curves.Series> series = new ArrayList<>();
        for (List<String> names : curves) {
            values.get(names.get(0)).forEach((split, points) -> {
                String training = alone ? TRAINING : joined(names);
                String held = alone ? split : split + " " + joined(names);
                series.add(new Curves.Series(
                        split.equals(TRAINING) ? training : held, column(points.keySet()), column(points.values())));
            });
        }
        return new Curves(
                quantity.unit().isEmpty() ? title : Words.of("%s (%s)", title, quantity.unit()),
                "pictures",
                false,
                series);
    }

    private static String joined(List<String> names) {
        return String.join(" = ", names);
    }

    private static double[] column(Collection<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
