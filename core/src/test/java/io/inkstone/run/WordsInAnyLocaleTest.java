package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.Counted;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.train.EpochReport;
import io.inkstone.train.MeanLosses;
import io.inkstone.train.Pace;
import io.inkstone.train.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in files has decimal points and commas between thousands, whatever the machine's habit is. */
class WordsInAnyLocaleTest {
    private final Locale before = Locale.getDefault(Locale.Category.FORMAT);

    @TempDir
    Path folder;

    @BeforeEach
    void elsewhere() {
        Locale.setDefault(Locale.Category.FORMAT, Locale.GERMANY);
    }

    @AfterEach
    void back() {
        Locale.setDefault(Locale.Category.FORMAT, before);
    }

    @Test
    void theLogOfARun() throws IOException {
        MeanLosses training = new MeanLosses(0.25, Map.of("loss", 0.25, "kl", 12.5));
        EpochReport report = new EpochReport(
                new Position(1200, 1, 0, 0, 0, 1200, 12000, 61.5),
                training,
                Optional.empty(),
                Optional.of(new Pace(34.56, 0.015)));
        Path file = folder.resolve("log.txt");
        new RunLog(file, List.of(), Environment.here(ComputeDevice.CPU, Precision.FLOAT32)).epochEnded(null, report);
        assertThat(Files.readString(file))
                .contains(
                        "epoch 1 ended at step 1200 after 62 s: loss 0.2500 (kl 12.50), 34.6 pictures/s, waited for data 1.5 % of the time");
    }

    @Test
    void countsAndNames() {
        assertThat(Counted.of(1200, "picture")).isEqualTo("1,200 pictures");
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
        assertThat("%d".formatted(5)).isEqualTo("\u0665");
        assertThat(RunDirectory.step(5)).isEqualTo("step-000005");
    }
}
