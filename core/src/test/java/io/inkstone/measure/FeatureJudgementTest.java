package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.Features;
import io.inkstone.evaluate.Interval;
import io.inkstone.evaluate.Moments;
import io.inkstone.image.Pixels;
import io.inkstone.measure.EvaluationWish.Metric;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureJudgementTest {
    private static final int SIZE = 2;
    private static final int KEPT = 400;

    private static final class NoNetwork implements FeatureNetwork {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public String hash() {
            return "";
        }

        @Override
        public String preprocessing() {
            return "";
        }

        @Override
        public int features() {
            return SIZE;
        }

        @Override
        public int outputs() {
            return 0;
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Reading read(List<Pixels> pictures) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /** Gaussian rows around {@code mean}, of which the first are kept, seen {@code times} times. */
    private static GalleryReading reading(double mean, long seed, int times) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[KEPT * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + random.nextGaussian());
        }
        Features features = new Features(values, SIZE);
        Moments moments = new Moments(SIZE);
        for (int i = 0; i < times; i++) {
            moments.add(features);
        }
        return new GalleryReading(
                KEPT * times, Optional.of(moments), Optional.of(features), new float[0], 0, List.of());
    }

    private static Interval distance(int times) {
        EvaluationWish wish = TinyEvaluation.wish(EnumSet.of(Metric.FID));
        EvaluationReport report = new EvaluationReport();
        new FeatureJudgement(new NoNetwork(), wish, report)
                .compare(reading(3, 1, times), reading(0, 2, 1), Shown.NOTHING, Shown.NOTHING);
        return report.figures().get(Figure.FID).interval().orElseThrow();
    }

    /** Four times as many pictures as vectors that are kept: FID is of all, and half as unsure. */
    @Test
    void fidOfMorePicturesIsSurer() {
        Interval kept = distance(1);
        Interval all = distance(4);
        assertThat(all.high() - all.low()).isCloseTo((kept.high() - kept.low()) / 2, within(1e-4));
    }
}
