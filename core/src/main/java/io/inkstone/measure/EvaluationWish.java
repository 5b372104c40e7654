package io.inkstone.measure;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.Split;
import io.inkstone.models.draw.SamplingOptions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is to be measured, and on what.
 *
 * @param metrics empty for all that apply
 * @param count pictures to draw or to look at; empty for {@link #COUNT}, or as many as there are real ones
 * @param real most real pictures to compare with; empty for all
 * @param data other real pictures than those of the run
 * @param split which part of them; empty for the held-out part, where there is one
 * @param seed of the first picture, and of every random choice of a metric
 * @param sampling for models that need steps
 * @param unconditional draw without classes although the model knows them
 * @param draws K of the importance-weighted bound
 * @param floor also measure training pictures in place of generated ones
 * @param acceptDataChange measure with the run's data although they are others than it remembers
 */
public record EvaluationWish(
        Set<Metric> metrics,
        OptionalInt count,
        OptionalInt real,
        Optional<String> data,
        Optional<Split> split,
        long seed,
        SamplingOptions sampling,
        boolean unconditional,
        int draws,
        boolean floor,
        boolean acceptDataChange) {
    /** With data that the run remembers. */
    public EvaluationWish(
            Set<Metric> metrics,
            OptionalInt count,
            OptionalInt real,
            Optional<String> data,
            Optional<Split> split,
            long seed,
            SamplingOptions sampling,
            boolean unconditional,
            int draws,
            boolean floor) {
        this(metrics, count, real, data, split, seed, sampling, unconditional, draws, floor, false);
    }

    /** Pictures that are drawn where nobody asks for another number. */
    public static final int COUNT = 5000;

    /** What can be measured. */
    public enum Metric {
        /** Fréchet distance of features. */
        FID,
        /** Kernel distance of features. */
        KID,
        /** Sliced distance of features. */
        MIND,
        /** Inception score. */
        IS,
        /** Precision, recall, density and coverage. */
        PRECISION,
        /** Whether the judge sees the class that was asked for. */
        ACCURACY,
        /** Which classes come up. */
        MODES,
        /** How much pictures of a class differ. */
        DIVERSITY,
        /** Whether training pictures are copied. */
        NEIGHBOURS,
        /** Errors of pictures that went through the code and back. */
        RECONSTRUCTION,
        /** Bounds on the likelihood of held-out pictures. */
        NLL;

        /** As options write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static final Set<Metric> OF_DISTANCE = EnumSet.of(FID, KID, MIND);

        static final Set<Metric> OF_FEATURES = EnumSet.of(FID, KID, MIND, IS, PRECISION, ACCURACY, MODES);
    }

    public EvaluationWish {
        metrics = metrics.isEmpty() ? Set.of() : Set.copyOf(metrics);
        requirePositive("count", count);
        requirePositive("real", real);
        if (draws < 1) {
            throw new InputException(Words.of("draws must be 1 or more, got %d.", draws)).about("draws");
        }
        if (floor && !metrics.isEmpty() && metrics.stream().noneMatch(Metric.OF_DISTANCE::contains)) {
            throw new InputException(
                            "floor measures fid, kid and mind of training pictures: name one of them in metrics, or leave out floor.")
                    .about("floor", "metrics");
        }
    }

    private static void requirePositive(String key, OptionalInt number) {
        if (number.isPresent() && number.getAsInt() < 1) {
            throw new InputException(Words.of("%s must be 1 or more, got %d.", key, number.getAsInt())).about(key);
        }
    }

    /** Whether it is to be measured where it can be. */
    boolean wants(Metric metric) {
        return metrics.isEmpty() || metrics.contains(metric);
    }

    /** Whether it was named: then not being able to is an error, not a note. */
    boolean named(Metric metric) {
        return metrics.contains(metric);
    }

    boolean wantsAny(Set<Metric> some) {
        return some.stream().anyMatch(this::wants);
    }
}
