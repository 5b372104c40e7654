package io.inkstone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Places between seeds. Four lie at the corners of a square, three at those of a triangle that stands on its upper side, two at
 * the ends of a line. What lies between is their weighted sum, divided by the root of the summed squares of the weights: of
 * independent normal numbers that is normal again, so that a model meets nothing that it has not seen.
 *
 * @param anchors one to four seeds: left above, right above, left below (or below, of three), right below
 * @param points across and down, each from 0 to 1
 * @param columns of the sheet
 */
record Plane(List<Long> anchors, List<double[]> points, int columns) {
    private static final long MOST_SEED = 1L << 53;
    private static final String PLACE = "'at' is a place [ACROSS, DOWN], each from 0 to 1.";

    /** @param most pictures in a row and in a column */
    static Plane read(RequestFields fields, int most) {
        List<Long> anchors = anchors(fields.taken("anchors"));
        int side = fields.whole("side", 1, most).orElse(1);
        JsonNode at = fields.taken("at");
        if (at.isMissingNode()) {
            return new Plane(anchors, square(side), side);
        }
        if (!at.isArray() || at.size() != 2) {
            throw ApiError.invalid("at", PLACE);
        }
        return new Plane(anchors, List.of(new double[] {part(at.get(0)), part(at.get(1))}), 1);
    }

    private static List<Long> anchors(JsonNode said) {
        List<Long> anchors = new ArrayList<>();
        said.forEach(seed -> {
            if (!seed.canConvertToExactIntegral() || seed.asLong() < 0 || seed.asLong() > MOST_SEED) {
                throw ApiError.invalid("anchors", "The anchors are seeds: whole numbers from 0.");
            }
            anchors.add(seed.asLong());
        });
        if (anchors.isEmpty() || anchors.size() > 4) {
            throw ApiError.invalid("anchors", Words.of("Say one to four seeds as 'anchors', got %d.", anchors.size()));
        }
        return anchors;
    }

    private static double part(JsonNode value) {
        if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > 1) {
            throw ApiError.invalid("at", PLACE);
        }
        return value.asDouble();
    }

    private static List<double[]> square(int side) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < side * side; i++) {
            double step = Math.max(1, side - 1);
            points.add(new double[] {i % side / step, i / side / step});
        }
        return points;
    }

    /** How much of each anchor there is at a point; their sum is 1. */
    double[] weights(double across, double down) {
        return switch (anchors.size()) {
            case 1 -> new double[] {1};
            case 2 -> new double[] {1 - across, across};
            case 3 -> triangle(across, down);
            default ->
                new double[] {(1 - across) * (1 - down), across * (1 - down), (1 - across) * down, across * down};
        };
    }

    /** Barycentric; outside of the triangle what lies nearest on the same line. */
    private static double[] triangle(double across, double down) {
        double left = Math.max(0, 1 - across - down / 2);
        double right = Math.max(0, across - down / 2);
        double sum = left + right + down;
        return new double[] {left / sum, right / sum, down / sum};
    }

    /**
     * What the pictures start from.
     *
     * @param starts of the anchors, [anchors, …]
     * @param offset added to each; empty for nothing
     */
    NdArray starts(NdArray starts, float[] offset) {
        float[] values = starts.toFloats();
        int size = values.length / anchors.size();
        float[] all = new float[points.size() * size];
        for (int p = 0; p < points.size(); p++) {
            double[] weights = weights(points.get(p)[0], points.get(p)[1]);
            double length = 0;
            for (double weight : weights) {
                length += weight * weight;
            }
            length = Math.sqrt(length);
            for (int a = 0; a < weights.length; a++) {
                float share = (float) (weights[a] / length);
                for (int i = 0; i < size; i++) {
                    all[p * size + i] += share * values[a * size + i];
                }
            }
            for (int i = 0; i < offset.length; i++) {
                all[p * size + i] += offset[i];
            }
        }
        long[] shape = starts.shape();
        shape[0] = points.size();
        return NdArray.of(all, shape);
    }
}
