package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.data.DataSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.Split;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyCheckTest {
    private static final EvaluationWish WISH = TinyEvaluation.wish(Set.of());

    /** A model that copies three of ten pictures, one of them mirrored, has a clean median and is found out all the same. */
    @Test
    void aFewCopiesAmongManyShow(@TempDir Path folder) throws IOException {
        byte[] noise = new byte[1000 * 64];
        new SplittableRandom(1).nextBytes(noise);
        Path file = folder.resolve("pictures.npy");
        Npy.write(file, NdArray.of(noise, 1000, 8, 8, 1));
        for (boolean flipped : new boolean[] {true, false}) {
            try (MeasuredData data = heldOut(file, flipped)) {
                List<Pixels> real = new ArrayList<>();
                List<Pixels> generated = new ArrayList<>();
                for (int i = 0; i < 150; i++) {
                    real.add(data.measured().pixels(i));
                    Pixels fresh = data.measured().pixels(150 + i % 50);
                    Pixels copy = data.train().pixels(i);
                    generated.add(i % 10 == 0 ? copy.mirrored() : i % 10 < 3 ? copy : fresh);
                }
                EvaluationReport report = new EvaluationReport();
                new CopyCheck(WISH, report).neighbours(generated, real, data, (done, total) -> {});
                double copies = report.figures().get(Figure.COPIES).value();
                assertThat(copies).isBetween(flipped ? 0.3 : 0.2, flipped ? 0.33 : 0.23);
                assertThat(report.figures()
                                .get(Figure.COPIES)
                                .interval()
                                .orElseThrow()
                                .low())
                        .isLessThan(copies);
                assertThat(report.figures().get(Figure.NEAREST_TRAINING).value())
                        .isGreaterThan(0.9
                                * report.figures()
                                        .get(Figure.NEAREST_TRAINING_OF_REAL)
                                        .value());
                assertThat(report.protocol().get(Protocol.NEAREST_OF).toString())
                        .startsWith("the first 150 pictures and the first 150 real ones, training set of 800")
                        .matches(words -> words.endsWith(", also mirrored") == flipped);
                assertThat(report.sheet()).isPresent();
            }
        }
    }

    private static MeasuredData heldOut(Path file, boolean flipped) {
        DataSet set = DataSource.open(file.toString()).holdingOut(0.2);
        Preparation preparation = Preparation.of(new Transform(OptionalInt.empty(), 8, 1));
        return new MeasuredData(
                set,
                preparation.prepare(set.train()),
                preparation.prepare(set.split(Split.VALIDATION)),
                Split.VALIDATION,
                flipped);
    }
}
