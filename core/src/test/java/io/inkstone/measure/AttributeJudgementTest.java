package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.Features;
import io.inkstone.evaluate.Moments;
import io.inkstone.image.Pixels;
import io.inkstone.measure.EvaluationWish.Metric;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Figures of a judge that tells attributes, from answers given by hand. */
class AttributeJudgementTest {
    private static final List<String> NAMES = List.of("hat", "beard");

    private record Told() implements FeatureNetwork {
        @Override
        public String name() {
            return "told";
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
            return 1;
        }

        @Override
        public int outputs() {
            return NAMES.size();
        }

        @Override
        public List<String> classes() {
            return NAMES;
        }

        @Override
        public boolean exclusive() {
            return false;
        }

        @Override
        public Reading read(List<Pixels> pictures) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private static GalleryReading reading(float... probabilities) {
        int count = probabilities.length / NAMES.size();
        Features features = new Features(new float[count], 1);
        Moments moments = new Moments(1);
        moments.add(features);
        return new GalleryReading(
                count, Optional.of(moments), Optional.of(features), probabilities, NAMES.size(), List.of());
    }

    private static Shown shown(float[]... rows) {
        return new Shown(Optional.empty(), Optional.of(List.of(rows)));
    }

    private static EvaluationReport compared(Shown wanted, Metric... metrics) {
        EvaluationReport report = new EvaluationReport();
        EvaluationWish wish = TinyEvaluation.wish(EnumSet.of(metrics[0], metrics));
        new FeatureJudgement(new Told(), wish, report)
                .compare(
                        reading(0.9f, 0.1f, 0.2f, 0.8f),
                        reading(0.9f, 0.9f, 0.1f, 0.2f),
                        wanted,
                        shown(new float[] {1, 1}, new float[] {0, 0}));
        return report;
    }

    @Test
    void tellsHowOftenAttributesAreThere() {
        EvaluationReport report = compared(shown(new float[] {1, 0}, new float[] {1, 0}), Metric.ACCURACY);
        MeasuredFigure asked = report.figures().get(Figure.ATTRIBUTES_ASKED);
        assertThat(asked.value()).isEqualTo(0.5);
        assertThat(asked.byClass()).containsOnlyKeys("hat"); // nobody asked for a beard
        assertThat(asked.byClass().get("hat").interval()).isPresent();
        assertThat(report.figures()
                        .get(Figure.ATTRIBUTES_UNASKED)
                        .byClass()
                        .get("beard")
                        .value())
                .isEqualTo(0.5);
        assertThat(report.figures().get(Figure.ATTRIBUTE_ACCURACY_OF_REAL).value())
                .isEqualTo(1);
        assertThat(report.figures().get(Figure.ATTRIBUTES_UNASKED_OF_REAL).value())
                .isZero();
        assertThat(report.figures()).doesNotContainKey(Figure.ACCURACY);
        assertThat(report.notes()).anyMatch(note -> note.contains("as few as 2 pictures"));
        assertThat(FigureFields.write(report.figures())).containsKey("attributesAskedPerClass");
    }

    @Test
    void refusesWhatHasOneClassAPicture() {
        Shown wanted = shown(new float[] {1, 0}, new float[] {0, 1});
        assertThatThrownBy(() -> compared(wanted, Metric.MODES))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tells attributes");
        assertThatThrownBy(() -> compared(wanted, Metric.IS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no class probabilities");
        assertThatThrownBy(() -> compared(Shown.NOTHING, Metric.ACCURACY))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no attributes were asked for");
    }
}
