package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guide is a checkpoint of the run itself or another run. */
class GuideChoiceTest {
    @ParameterizedTest
    @CsvSource({"step-000600, true", "step-000001+3, true", "runs/step-000600, false", "step-one, false"})
    void isOneOrTheOther(String words, boolean checkpoint) {
        Path run = Path.of("runs/it");
        assertThat(GuideChoice.of(words, run))
                .isEqualTo(
                        checkpoint
                                ? new GuideChoice(run, Optional.of(words))
                                : new GuideChoice(Path.of(words), Optional.empty()));
    }
}
