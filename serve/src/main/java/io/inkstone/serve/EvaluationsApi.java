package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Words;
import io.inkstone.measure.EvaluationLog;
import io.inkstone.measure.Figure;
import io.inkstone.measure.MeasuredFigure;
import io.inkstone.measure.Protocol;
import io.inkstone.measure.SavedEvaluation;
import io.inkstone.run.RunDirectory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What runs were measured to be, side by side: of each figure the newest of each run, and which of them compare. */
final class EvaluationsApi {
    private static final int MOST = 12;

    private final Models models;

    EvaluationsApi(Models models) {
        this.models = models;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/evaluations", this::beside);
    }

    private void beside(Context ctx) {
        List<String> names = ctx.queryParams("run");
        if (names.isEmpty() || names.size() > MOST) {
            throw ApiError.invalid("run", Words.of("Name 1 to %d runs, got %d.", MOST, names.size()));
        }
        List<Map<Figure, SavedEvaluation>> newest = names.stream()
                .map(name -> EvaluationLog.newest(new RunDirectory(models.root(name))))
                .toList();
        ObjectNode body = RequestFields.JSON.createObjectNode();
        names.forEach(body.putArray("runs")::add);
        ArrayNode groups = body.putArray("groups");
        for (Figure.Group group : Figure.Group.values()) {
            List<Figure> figures = Arrays.stream(Figure.values())
                    .filter(figure ->
                            figure.group() == group && newest.stream().anyMatch(run -> run.containsKey(figure)))
                    .toList();
            if (!figures.isEmpty()) {
                group(groups.addObject(), group, figures, newest);
            }
        }
        ArrayNode measured = body.putArray("measured");
        newest.forEach(run -> {
            ArrayNode lines = measured.addArray();
            run.values().stream().distinct().forEach(evaluation -> protocol(lines.addObject(), evaluation));
        });
        Answers.json(ctx, body);
    }

    private static void group(
            ObjectNode one, Figure.Group group, List<Figure> figures, List<Map<Figure, SavedEvaluation>> newest) {
        one.put("group", group.name().toLowerCase(java.util.Locale.ROOT));
        ArrayNode different = one.putArray("different");
        figures.stream()
                .flatMap(
                        figure -> group
                                .differences(newest.stream()
                                        .map(run -> run.get(figure))
                                        .filter(Objects::nonNull)
                                        .toList())
                                .stream())
                .distinct()
                .map(Protocol::key)
                .forEach(different::add);
        ArrayNode rows = one.putArray("figures");
        List<SavedEvaluation> kinds = new ArrayList<>();
        for (Figure figure : figures) {
            ArrayNode values = rows.addObject().put("figure", figure.key()).putArray("values");
            for (Map<Figure, SavedEvaluation> run : newest) {
                SavedEvaluation evaluation = run.get(figure);
                if (evaluation == null) {
                    values.addNull();
                } else {
                    value(values.addObject(), evaluation.figures().get(figure))
                            .put("alike", kind(group, kinds, evaluation));
                }
            }
        }
    }

    /** A number that evaluations share whose figures of this group compare, from 1. */
    private static int kind(Figure.Group group, List<SavedEvaluation> kinds, SavedEvaluation evaluation) {
        for (int i = 0; i < kinds.size(); i++) {
            if (group.differences(List.of(kinds.get(i), evaluation)).isEmpty()) {
                return i + 1;
            }
        }
        kinds.add(evaluation);
        return kinds.size();
    }

    private static ObjectNode value(ObjectNode one, MeasuredFigure measured) {
        if (Double.isFinite(measured.value())) {
            one.put("value", measured.value());
        } else {
            one.putNull("value");
        }
        measured.interval().ifPresent(ends -> one.put("low", ends.low()).put("high", ends.high()));
        return one;
    }

    private static void protocol(ObjectNode one, SavedEvaluation evaluation) {
        for (Protocol entry : Protocol.values()) {
            evaluation.protocol(entry).ifPresent(said -> one.put(entry.key(), said));
        }
    }
}
