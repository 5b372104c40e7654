package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.models.draw.GenerationRequest;
import java.util.List;

/**
 * What becomes of a picture while one number of its code changes.
 *
 * @param dimension which number, from 0
 * @param from its first value
 * @param to its last value
 * @param count pictures, 2 or more
 * @param seed of the code that is changed
 * @param asked what the pictures should show
 */
public record WalkWish(int dimension, double from, double to, int count, long seed, Asked asked) implements Wish {
    public static final double END = 3;
    public static final int COUNT = 10;

    public WalkWish {
        Required.atLeast(2, "count", count);
        if (!Double.isFinite(from) || !Double.isFinite(to)) {
            throw new InputException(Words.of("A walk goes from a number to a number, got %s and %s.", from, to))
                    .about("from", "to");
        }
    }

    @Override
    public Kind kind() {
        return Kind.WALK;
    }

    /** [count, C, H, W]. */
    public NdArray on(Workbench bench) {
        bench.requireFit(count);
        NdArray codes = codes(bench.starts(List.of(seed)));
        return bench.drawn(
                codes,
                GenerationRequest.of(count, 0)
                        .withConditions(asked.conditions(bench.saved().model(), count)));
    }

    private NdArray codes(NdArray start) {
        float[] one = start.toFloats();
        if (dimension < 0 || dimension >= one.length) {
            throw new InputException(Words.of(
                            "The dimension of this model's codes lies in 0 to %d, got %d.", one.length - 1, dimension))
                    .about("dimension");
        }
        float[] values = new float[count * one.length];
        for (int k = 0; k < count; k++) {
            System.arraycopy(one, 0, values, k * one.length, one.length);
            values[k * one.length + dimension] = (float) from + ((float) to - (float) from) * k / (count - 1);
        }
        long[] shape = start.shape();
        shape[0] = count;
        return NdArray.of(values, shape);
    }

    @Override
    public List<String> files() {
        return asked.files();
    }

    static WalkWish read(Fields fields) {
        return new WalkWish(
                Required.whole(fields, "dimension"),
                fields.number("from").orElse(-END),
                fields.number("to").orElse(END),
                fields.whole("count").orElse(COUNT),
                fields.large("seed").orElse(0),
                AskedKeys.ASKED.read(fields));
    }

    @Override
    public void write(ObjectNode json) {
        json.put("dimension", dimension);
        json.put("from", from);
        json.put("to", to);
        json.put("count", count);
        json.put("seed", seed);
        asked.write(json, AskedKeys.ASKED);
    }
}
