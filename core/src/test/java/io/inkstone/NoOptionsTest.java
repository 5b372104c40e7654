package io.inkstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The library says what is wrong and which key would mend it ({@link InputException#about}); what a face calls that, an option
 * or a field of a form, only the face knows.
 */
class NoOptionsTest {
    /** A string that speaks of an option; lines of documentation may, since people read them who know the command line. */
    private static final Pattern OPTION = Pattern.compile("^(?!\\s*(\\*|//|/\\*)).*\"[^\"]*--[a-z]");

    @Test
    void theLibrarySpeaksOfNoOption() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(300);
            assertThat(sources.stream().flatMap(NoOptionsTest::options))
                    .as("Messages that name an option: name its key by InputException.about instead")
                    .isEmpty();
        }
    }

    private static Stream<String> options(Path source) {
        try {
            return Files.readAllLines(source).stream()
                    .filter(line -> OPTION.matcher(line).find())
                    .map(line -> source.getFileName() + ": " + line.strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void aMessageKnowsTheKeysThatWouldMendItAndValuesThatWouldDo() {
        InputException wrong = new InputException("The side is 30.").about("data.size=32", "out");
        assertThat(wrong.changes()).containsExactly("data.size=32", "out");
        assertThat(wrong.keys()).containsExactly("data.size", "out");
        assertThat(new InputException("Nothing.").keys()).isEmpty();
    }
}
