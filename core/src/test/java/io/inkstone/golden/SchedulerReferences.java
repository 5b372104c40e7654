package io.inkstone.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.diffusion.Noise;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What schedulers/make_schedulers.py wrote, and the start and noise that it was computed with. */
public final class SchedulerReferences {
    private static final JsonNode ALL = read();

    private SchedulerReferences() {}

    private static JsonNode read() {
        try (InputStream in = SchedulerReferences.class.getResourceAsStream("schedulers/schedulers.json")) {
            return new ObjectMapper()
                    .enable(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS)
                    .readTree(in);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Names of the cases. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        ALL.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The text of a case's scheduler_config.json. */
    public static String config(String name) {
        return ALL.get(name).get("config").toString();
    }

    /** Numbers of steps that {@code what}, {@code grids} or {@code ways}, has. */
    public static List<Integer> steps(String name, String what) {
        List<Integer> steps = new ArrayList<>();
        ALL.get(name).get(what).fieldNames().forEachRemaining(step -> steps.add(Integer.valueOf(step)));
        return steps;
    }

    /** {@code timesteps} or {@code sigmas} of a grid; empty where the scheduler keeps none. */
    public static double[] grid(String name, int steps, String what) {
        return numbers(ALL.get(name).get("grids").get(String.valueOf(steps)).path(what));
    }

    /** Where a way ends, [1, 1, 2, 3]. */
    public static double[] way(String name, int steps) {
        return numbers(ALL.get(name).get("ways").get(String.valueOf(steps)));
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asDouble();
        }
        return numbers;
    }

    /** The formula's numbers in float64, with deviation 1. */
    public static Tensor formula(long place) {
        return Golden.numbers(place, Math.sqrt(3), 0, 1, 1, 2, 3).to(ScalarType.Double);
    }

    /** Fresh noise in order. */
    public static Noise draws() {
        long[] place = {100};
        return shape -> formula(place[0]++);
    }
}
