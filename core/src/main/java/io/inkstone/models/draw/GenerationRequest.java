package io.inkstone.models.draw;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.models.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Pictures wanted.
 *
 * @param seeds one per picture
 * @param conditions one per picture, or empty for none (which not every model {@linkplain
 *     Model#knowsEmptyContext learnt})
 * @param avoided what guidance leads away from, one per picture; empty for nothing
 * @param start what to start from instead of drawing it from the seeds: noise [N, C, H, W], or latents [N, …]
 * @param sampling for models that need steps
 * @param listener told of every step, for models that need steps
 */
public record GenerationRequest(
        List<Long> seeds,
        List<Condition> conditions,
        List<Condition> avoided,
        Optional<NdArray> start,
        SamplingOptions sampling,
        SamplingListener listener) {
    public GenerationRequest {
        seeds = List.copyOf(seeds);
        conditions = List.copyOf(conditions);
        avoided = List.copyOf(avoided);
        requireRows("conditions", conditions, seeds.size());
        requireRows("negative conditions", avoided, seeds.size());
        if (start.isPresent() && start.get().shape()[0] != seeds.size()) {
            throw new InputException(Words.of(
                    "%d pictures need as many starting points, got an array of shape %s.",
                    seeds.size(), Arrays.toString(start.get().shape())));
        }
    }

    private static void requireRows(String what, List<Condition> rows, int count) {
        if (!rows.isEmpty() && rows.size() != count) {
            throw new InputException(Words.of("%d pictures need %d %s, got %d.", count, count, what, rows.size()));
        }
    }

    /** {@code count} pictures from {@code firstSeed} on, without a condition. */
    public static GenerationRequest of(int count, long firstSeed) {
        return of(seeds(count, firstSeed));
    }

    /** {@code count} seeds, one after another from {@code first} on; refuses more than there are up to the largest. */
    public static List<Long> seeds(int count, long first) {
        if (count > 0 && first > Long.MAX_VALUE - (count - 1)) {
            throw new InputException(Words.of(
                    "Seeds end at %d: from %d on there are only %d, and %d pictures need one each. Give a smaller --seed.",
                    Long.MAX_VALUE, first, Long.MAX_VALUE - first + 1, count));
        }
        return LongStream.range(0, count).map(i -> first + i).boxed().toList();
    }

    /** A picture of each of {@code seeds}, without a condition. */
    public static GenerationRequest of(List<Long> seeds) {
        return new GenerationRequest(
                seeds, List.of(), List.of(), Optional.empty(), SamplingOptions.DEFAULT, SamplingListener.NONE);
    }

    /** A grid: a row per class of {@code columns} pictures; without classes as many rows as columns. */
    public static GenerationRequest grid(int classes, int columns, long firstSeed) {
        GenerationRequest all = of((classes == 0 ? columns : classes) * columns, firstSeed);
        return all.withConditions(Contexts.grid(classes, columns, all.seeds().size()));
    }

    public GenerationRequest withConditions(List<Condition> rows) {
        return new GenerationRequest(seeds, rows, avoided, start, sampling, listener);
    }

    public GenerationRequest withAvoided(List<Condition> rows) {
        return new GenerationRequest(seeds, conditions, rows, start, sampling, listener);
    }

    public GenerationRequest withStart(NdArray array) {
        return new GenerationRequest(seeds, conditions, avoided, Optional.of(array), sampling, listener);
    }

    public GenerationRequest withSampling(SamplingOptions options) {
        return new GenerationRequest(seeds, conditions, avoided, start, options, listener);
    }

    public GenerationRequest withListener(SamplingListener other) {
        return new GenerationRequest(seeds, conditions, avoided, start, sampling, other);
    }

    /** The same, but an interrupted thread stops after the step at hand. */
    GenerationRequest stoppable() {
        return withListener((step, from, noisy) -> {
            InterruptedWorkException.check();
            listener.stepped(step, from, noisy);
        });
    }

    /** The pictures at {@code indices} of the request, each with its own seed and condition. */
    public GenerationRequest only(List<Integer> indices) {
        return new GenerationRequest(
                indices.stream().map(seeds::get).toList(),
                at(indices, conditions),
                at(indices, avoided),
                start.map(array -> NdArray.joined(
                        indices.stream().map(i -> array.rows(i, 1)).toList())),
                sampling,
                listener);
    }

    /** Refuses what only models that need steps understand. */
    public void requireOnePass(String model) {
        sampling.requireDefault(model);
        if (!avoided.isEmpty()) {
            throw new InputException(Words.of("%s knows no guidance: leave out --negative.", model));
        }
    }

    private static List<Condition> at(List<Integer> indices, List<Condition> rows) {
        return rows.isEmpty() ? rows : indices.stream().map(rows::get).toList();
    }

    /** Pictures {@code from} (inclusive) to {@code to} of the request. */
    GenerationRequest part(int from, int to) {
        return new GenerationRequest(
                seeds.subList(from, to),
                conditions.isEmpty() ? conditions : conditions.subList(from, to),
                avoided.isEmpty() ? avoided : avoided.subList(from, to),
                start.map(array -> array.rows(from, to - from)),
                sampling,
                listener);
    }
}
