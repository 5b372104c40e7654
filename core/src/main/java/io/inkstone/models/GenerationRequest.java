package io.inkstone.models;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.SamplingListener;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Pictures wanted.
 *
 * @param seeds one per picture
 * @param contexts one row [c] per picture, or empty for none (zeros, which not every model {@linkplain
 *     Model#knowsEmptyContext learnt})
 * @param avoided what guidance leads away from, one row [c] per picture; empty for no context (zeros)
 * @param start what to start from instead of drawing it from the seeds: noise [N, C, H, W], or latents [N, …]
 * @param sampling for models that need steps
 * @param listener told of every step, for models that need steps
 */
public record GenerationRequest(
        List<Long> seeds,
        List<float[]> contexts,
        List<float[]> avoided,
        Optional<NdArray> start,
        SamplingOptions sampling,
        SamplingListener listener) {
    public GenerationRequest {
        seeds = List.copyOf(seeds);
        contexts = List.copyOf(contexts);
        avoided = List.copyOf(avoided);
        requireRows("contexts", contexts, seeds.size());
        requireRows("negative contexts", avoided, seeds.size());
        if (start.isPresent() && start.get().shape()[0] != seeds.size()) {
            throw new InputException(Words.of(
                    "%d pictures need as many starting points, got an array of shape %s.",
                    seeds.size(), Arrays.toString(start.get().shape())));
        }
    }

    private static void requireRows(String what, List<float[]> rows, int count) {
        if (!rows.isEmpty() && rows.size() != count) {
            throw new InputException(Words.of("%d pictures need %d %s, got %d.", count, count, what, rows.size()));
        }
    }

    /** {@code count} pictures from {@code firstSeed} on, without context. */
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

    /** A picture of each of {@code seeds}, without context. */
    public static GenerationRequest of(List<Long> seeds) {
        return new GenerationRequest(
                seeds, List.of(), List.of(), Optional.empty(), SamplingOptions.DEFAULT, SamplingListener.NONE);
    }

    /** A grid: a row per class of {@code columns} pictures; without classes as many rows as columns. */
    public static GenerationRequest grid(int classes, int columns, long firstSeed) {
        GenerationRequest all = of((classes == 0 ? columns : classes) * columns, firstSeed);
        return all.withContexts(Contexts.grid(classes, columns, all.seeds().size()));
    }

    public GenerationRequest withContexts(List<float[]> rows) {
        return new GenerationRequest(seeds, rows, avoided, start, sampling, listener);
    }

    public GenerationRequest withAvoided(List<float[]> rows) {
        return new GenerationRequest(seeds, contexts, rows, start, sampling, listener);
    }

    public GenerationRequest withStart(NdArray array) {
        return new GenerationRequest(seeds, contexts, avoided, Optional.of(array), sampling, listener);
    }

    public GenerationRequest withSampling(SamplingOptions options) {
        return new GenerationRequest(seeds, contexts, avoided, start, options, listener);
    }

    public GenerationRequest withListener(SamplingListener other) {
        return new GenerationRequest(seeds, contexts, avoided, start, sampling, other);
    }

    /** The same, but an interrupted thread stops after the step at hand. */
    GenerationRequest stoppable() {
        return withListener((step, from, noisy) -> {
            InterruptedWorkException.check();
            listener.stepped(step, from, noisy);
        });
    }

    /** The pictures at {@code indices} of the request, each with its own seed and context. */
    public GenerationRequest only(List<Integer> indices) {
        return new GenerationRequest(
                indices.stream().map(seeds::get).toList(),
                at(indices, contexts),
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

    private static List<float[]> at(List<Integer> indices, List<float[]> rows) {
        return rows.isEmpty() ? rows : indices.stream().map(rows::get).toList();
    }

    /** Pictures {@code from} (inclusive) to {@code to} of the request. */
    GenerationRequest part(int from, int to) {
        return new GenerationRequest(
                seeds.subList(from, to),
                contexts.isEmpty() ? contexts : contexts.subList(from, to),
                avoided.isEmpty() ? avoided : avoided.subList(from, to),
                start.map(array -> array.rows(from, to - from)),
                sampling,
                listener);
    }
}
