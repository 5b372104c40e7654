package io.inkstone.models.draw;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.image.Size;
import io.inkstone.models.Model;
import io.inkstone.tensor.AdaptedThreads;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Pictures wanted.
 *
 * @param seeds one per picture
 * @param conditions one per picture, or empty for none (which not every model {@linkplain
 *     Model#knowsEmptyContext learnt})
 * @param avoided what guidance leads away from, one per picture; empty for nothing
 * @param start what to start from instead of drawing it from the seeds: noise [N, C, H, W], or latents [N, …]
 * @param size of the pictures; empty for the model's own
 * @param sampling for models that need steps
 * @param listener told of every step, for models that need steps
 */
public record GenerationRequest(
        List<Long> seeds,
        List<Condition> conditions,
        List<Condition> avoided,
        Optional<NdArray> start,
        Optional<Size> size,
        SamplingOptions sampling,
        SamplingListener listener) {
    public GenerationRequest {
        if (seeds.isEmpty()) {
            throw new InputException("A request is for 1 picture or more, got none.").about("count");
        }
        if (Stream.of(seeds, conditions, avoided).flatMap(List::stream).anyMatch(Objects::isNull)) {
            throw new InputException("A request holds an empty seed or condition: write Condition.NONE for nothing.");
        }
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
                            "Seeds end at %d: from %d on there are only %d, and %d pictures need one each. Give a smaller seed.",
                            Long.MAX_VALUE, first, Long.MAX_VALUE - first + 1, count))
                    .about("seed");
        }
        return LongStream.range(0, count).map(i -> first + i).boxed().toList();
    }

    /** A picture of each of {@code seeds}, without a condition. */
    public static GenerationRequest of(List<Long> seeds) {
        return new GenerationRequest(
                seeds,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                SamplingOptions.DEFAULT,
                SamplingListener.NONE);
    }

    /** A grid: a row per class of {@link ShownClasses}, of {@code columns} pictures; without classes as many rows as columns. */
    public static GenerationRequest grid(int classes, int columns, long firstSeed) {
        List<Integer> shown = ShownClasses.of(classes);
        GenerationRequest all = of((classes == 0 ? columns : shown.size()) * columns, firstSeed);
        return all.withConditions(
                Contexts.grid(shown, classes, columns, all.seeds().size()));
    }

    public GenerationRequest withConditions(List<Condition> rows) {
        return new GenerationRequest(seeds, rows, avoided, start, size, sampling, listener);
    }

    public GenerationRequest withAvoided(List<Condition> rows) {
        return new GenerationRequest(seeds, conditions, rows, start, size, sampling, listener);
    }

    public GenerationRequest withStart(NdArray array) {
        return new GenerationRequest(seeds, conditions, avoided, Optional.of(array), size, sampling, listener);
    }

    public GenerationRequest withSize(Size other) {
        return new GenerationRequest(seeds, conditions, avoided, start, Optional.of(other), sampling, listener);
    }

    public GenerationRequest withSampling(SamplingOptions options) {
        return new GenerationRequest(seeds, conditions, avoided, start, size, options, listener);
    }

    public GenerationRequest withListener(SamplingListener other) {
        return new GenerationRequest(seeds, conditions, avoided, start, size, sampling, other);
    }

    /** The same, but an interrupted thread stops after the step at hand. */
    GenerationRequest stoppable() {
        return withListener((step, from, noisy) -> {
            InterruptedWorkException.check();
            AdaptedThreads.fit();
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
                size,
                sampling,
                listener);
    }

    /** Refuses what only models that need steps understand. */
    public void requireOnePass(String model) {
        sampling.requireDefault(model);
        if (size.isPresent()) {
            throw new InputException(Words.of("%s draws pictures of one size: leave the size out.", model))
                    .about("size");
        }
        if (!avoided.isEmpty()) {
            throw new InputException(Words.of(
                            "%s knows no guidance: leave out what it should lead away from (negative).", model))
                    .about("negative", "negativePrompt");
        }
    }

    private static List<Condition> at(List<Integer> indices, List<Condition> rows) {
        return rows.isEmpty() ? rows : indices.stream().map(rows::get).toList();
    }

    /**
     * Whether pictures of both may be drawn in one batch: everything is alike but what each picture has for itself, its seed,
     * condition and start.
     */
    public boolean joins(GenerationRequest other) {
        return sampling.equals(other.sampling)
                && size.equals(other.size)
                && conditions.isEmpty() == other.conditions.isEmpty()
                && avoided.isEmpty() == other.avoided.isEmpty()
                && start.isPresent() == other.start.isPresent();
    }

    /** The pictures of requests that {@linkplain #joins join}, in their order; nobody listens. */
    public static GenerationRequest joined(List<GenerationRequest> requests) {
        return new GenerationRequest(
                all(requests, GenerationRequest::seeds),
                all(requests, GenerationRequest::conditions),
                all(requests, GenerationRequest::avoided),
                requests.get(0)
                        .start
                        .map(first -> NdArray.joined(requests.stream()
                                .map(each -> each.start.orElseThrow())
                                .toList())),
                requests.get(0).size,
                requests.get(0).sampling,
                SamplingListener.NONE);
    }

    private static <T> List<T> all(List<GenerationRequest> requests, Function<GenerationRequest, List<T>> rows) {
        return requests.stream().flatMap(each -> rows.apply(each).stream()).toList();
    }

    /** Pictures {@code from} (inclusive) to {@code to} of the request. */
    public GenerationRequest part(int from, int to) {
        return new GenerationRequest(
                seeds.subList(from, to),
                conditions.isEmpty() ? conditions : conditions.subList(from, to),
                avoided.isEmpty() ? avoided : avoided.subList(from, to),
                start.map(array -> array.rows(from, to - from)),
                size,
                sampling,
                listener);
    }
}
