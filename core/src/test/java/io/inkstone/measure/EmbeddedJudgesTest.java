package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.evaluate.AttributeShares;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.LabelAccuracy;
import io.inkstone.evaluate.ModeCoverage;
import io.inkstone.run.preview.SampleMeasures;
import io.inkstone.tensor.ComputeDevice;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded classifiers, on pictures that they never learned from. */
class EmbeddedJudgesTest {
    @ParameterizedTest
    @CsvSource({
        "sprites-classifier, sprites-classifier-1, avatars, 0.97",
        "fashion-classifier, fashion-classifier-1, fashion-mnist, 0.91"
    })
    void seeWhatIsInRealPictures(String name, String numbered, String data, double least) {
        try (DataSet set = DataSource.open(data);
                FeatureNetwork judge = Judges.classifier(name, ComputeDevice.CPU);
                FeatureNetwork fitting =
                        Judges.fitting(set.info().classes(), ComputeDevice.CPU).orElseThrow()) {
            assertThat(judge.name()).isEqualTo(numbered).isEqualTo(fitting.name());
            assertThat(judge.hash()).hasSize(64).isEqualTo(fitting.hash());
            assertThat(judge.features()).isEqualTo(64);
            PictureSet held = set.holdingOut(0.1).heldOut().orElseThrow();
            FeatureNetwork.Reading reading = judge.read(
                    IntStream.range(0, held.count()).mapToObj(held::pixels).toList());
            int[] wanted = IntStream.range(0, held.count())
                    .map(i -> SampleMeasures.largest(held.entry(i).context()))
                    .toArray();
            int[] seen = ModeCoverage.labels(reading.probabilities(), judge.outputs());
            assertThat(LabelAccuracy.of(seen, wanted, judge.outputs()).total()).isGreaterThanOrEqualTo(least);
        }
    }

    /** Each of the fourteen attributes by itself, on the held-out faces. */
    @Test
    void tellAttributesOfRealFaces() {
        try (DataSet set = DataSource.open("faces");
                FeatureNetwork judge =
                        Judges.fitting(set.info().classes(), ComputeDevice.CPU).orElseThrow()) {
            assertThat(judge.name()).isEqualTo("faces-attributes-1");
            assertThat(judge.exclusive()).isFalse();
            PictureSet held = set.test().orElseThrow();
            FeatureNetwork.Reading reading = judge.read(
                    IntStream.range(0, held.count()).mapToObj(held::pixels).toList());
            AttributeShares shares = AttributeShares.of(
                    reading.probabilities(),
                    IntStream.range(0, held.count())
                            .mapToObj(i -> held.entry(i).context())
                            .toList());
            assertThat(AttributeShares.mean(shares.right())).isGreaterThan(0.94);
            // A smile it cannot tell, and metrics.md says so.
            int smiling = judge.classes().indexOf("Smiling");
            IntStream.range(0, judge.outputs()).filter(k -> k != smiling).forEach(k -> assertThat(
                            shares.right().get(k))
                    .as(judge.classes().get(k))
                    .isGreaterThan(0.9));
        }
    }

    @Test
    void nobodyJudgesClassesThatNobodyKnows() {
        assertThat(Judges.fitting(List.of("cat", "dog"), ComputeDevice.CPU)).isEmpty();
        assertThat(Judges.embedded()).hasSize(3);
    }
}
