package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.data.DataSet;
import io.inkstone.measure.AttributeVectors;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.studio.Job;
import io.inkstone.studio.Lease;
import io.inkstone.wish.Asked;
import io.inkstone.wish.Workbench;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ways through the codes of a model that makes a picture in one pass: single values, those first that change pictures most, and
 * attributes of its data. Found out once for each set of weights.
 */
final class Directions {
    private static final int MOST_VALUES = 1024;
    private static final int SHOWN = 8;
    private static final float REACH = 2;

    private final Drawings drawings;
    private final Map<String, List<Dimension>> dimensions = new ConcurrentHashMap<>();
    private final Map<String, List<String>> names = new ConcurrentHashMap<>();
    private final Map<String, float[]> attributes = new ConcurrentHashMap<>();

    /**
     * A single value of a code.
     *
     * @param index from 0
     * @param change mean difference of the pictures' values between −2 and 2, in the model's range
     */
    record Dimension(int index, double change) {}

    Directions(Drawings drawings) {
        this.drawings = drawings;
    }

    /** The values that change most, first the most; empty for models that remove noise, whose single values mean nothing. */
    List<Dimension> dimensions(String name, Presence presence, Context ctx) throws Presence.LeftException {
        try (Lease lease = drawings.models().lease(name)) {
            Generates model = lease.run().generates();
            int size = lease.bench().starts(List.of(0L)).toFloats().length;
            if (model.isSampled() || size > MOST_VALUES) {
                return List.of();
            }
            List<Dimension> known = dimensions.get(lease.hash());
            if (known == null) {
                known = done(lease.submit((bench, steps) -> measured(bench, model, size)), presence, ctx);
                dimensions.put(lease.hash(), known);
            }
            return known;
        }
    }

    private static List<Dimension> measured(Workbench bench, Generates model, int size) {
        float[] codes = new float[2 * size * size];
        for (int i = 0; i < size; i++) {
            codes[2 * i * size + i] = -REACH;
            codes[(2 * i + 1) * size + i] = REACH;
        }
        GenerationRequest request = GenerationRequest.of(2 * size, 0).withStart(NdArray.of(codes, 2L * size, size));
        if (!model.classes().isEmpty()) {
            Asked first = Asked.labels(List.of(model.classes().get(0)));
            request = request.withConditions(first.said(model, 2 * size));
        }
        float[] pictures = bench.generation().pictures(request).toFloats();
        int values = pictures.length / (2 * size);
        List<Dimension> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int v = 0; v < values; v++) {
                sum += Math.abs(pictures[(2 * i + 1) * values + v] - pictures[2 * i * values + v]);
            }
            all.add(new Dimension(i, sum / values));
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(Dimension::change).reversed())
                .limit(SHOWN)
                .toList();
    }

    /** Attributes that tell directions: those of the data of a model that was not told them itself. */
    List<String> attributes(String name) {
        try (Lease lease = drawings.models().lease(name)) {
            if (!(lease.run().model() instanceof Autoencodes)
                    || !lease.classes().isEmpty()) {
                return List.of();
            }
            List<String> known = names.get(lease.hash());
            if (known != null) {
                return known;
            }
            try (DataSet data = lease.recipe().data().open()) {
                names.put(
                        lease.hash(),
                        data.info().exclusive() ? List.of() : data.info().classes());
                return names.get(lease.hash());
            } catch (InputException gone) {
                return List.of(); // the pictures are no longer where they were
            }
        }
    }

    /**
     * What is added to each start; empty for nothing.
     *
     * @param moves by the number of a value
     * @param amounts by the name of an attribute
     */
    float[] offset(Lease lease, Moves moves, Presence presence, Context ctx) throws Presence.LeftException {
        if (moves.isNothing()) {
            return new float[0];
        }
        Generates model = lease.run().generates();
        float[] offset = new float[lease.bench().starts(List.of(0L)).toFloats().length];
        for (Map.Entry<Integer, Double> each : moves.values().entrySet()) {
            if (model.isSampled() || each.getKey() >= offset.length) {
                throw ApiError.invalid("moves", Words.of("This model has no value %d in a code.", each.getKey()));
            }
            offset[each.getKey()] += each.getValue().floatValue();
        }
        for (Map.Entry<String, Double> each : moves.attributes().entrySet()) {
            float[] direction = attribute(lease, each.getKey(), presence, ctx);
            for (int i = 0; i < offset.length; i++) {
                offset[i] += (float) (each.getValue() * direction[i]);
            }
        }
        return offset;
    }

    private float[] attribute(Lease lease, String name, Presence presence, Context ctx) throws Presence.LeftException {
        String key = lease.hash() + "/" + name;
        float[] known = attributes.get(key);
        if (known == null) {
            String source = lease.recipe().data().source();
            known = done(
                    lease.submit(
                            (bench, steps) -> AttributeVectors.of(source, bench.saved(), bench.coding(), Set.of(name))
                                    .directions()
                                    .get(name)),
                    presence,
                    ctx);
            attributes.put(key, known);
        }
        return known;
    }

    private static <T> T done(Job<T> job, Presence presence, Context ctx) throws Presence.LeftException {
        try {
            return presence.await(job.result(), ctx);
        } catch (Presence.LeftException left) {
            job.cancel();
            throw left;
        }
    }

    /**
     * How far pictures are moved.
     *
     * @param values by the number of a value of the code
     * @param attributes by their names; 1 is the whole difference
     */
    record Moves(Map<Integer, Double> values, Map<String, Double> attributes) {
        static Moves read(RequestFields fields) {
            Map<Integer, Double> values = new LinkedHashMap<>();
            fields.amounts("moves").forEach((name, amount) -> {
                if (!name.matches("\\d{1,5}")) {
                    throw ApiError.invalid("moves", Words.of("'%s' is no number of a value, from 0.", name));
                }
                values.put(Integer.parseInt(name), amount);
            });
            return new Moves(values, fields.amounts("attributes"));
        }

        boolean isNothing() {
            return values.isEmpty() && attributes.isEmpty();
        }
    }
}
