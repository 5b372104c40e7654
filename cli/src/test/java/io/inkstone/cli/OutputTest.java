package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.wish.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written, told and said of words that cannot be understood. */
class OutputTest {
    @TempDir
    static Path folder;

    private static Path sprites;

    @BeforeAll
    static void train() throws IOException {
        sprites = TinyRuns.sprites(folder, TinyRuns.data(folder));
    }

    @Test
    void aFileThatIsThereIsNotWrittenOver() throws IOException {
        Path out = Files.writeString(folder.resolve("mine.png"), "precious");
        Terminal.plainly("sample", sprites, "--count", 1, "--out", out)
                .failed(2, "mine.png is there already: give another name, or --force");
        assertThat(out).hasContent("precious");
        Terminal.plainly("sample", sprites, "--count", 1, "--out", out, "--force")
                .succeeded();
        assertThat(Files.size(out)).isGreaterThan(100);
        Path codes = Files.writeString(folder.resolve("mine.npy"), "precious");
        Terminal.plainly("encode", sprites, "--images", out, "--context", "none", "--out", codes)
                .failed(2, "mine.npy is there already");
        assertThat(codes).hasContent("precious");
    }

    @Test
    void jsonTellsSeedsAndClasses() {
        Path out = folder.resolve("told.png");
        JsonNode told = Terminal.run("sample", sprites, "--seed", 4, "--labels", "bright,dark", "--out", out, "--json")
                .succeeded()
                .json();
        assertThat(told.get("seeds").toString()).isEqualTo("[4,5]");
        assertThat(told.get("classes").toString()).isEqualTo("[{\"bright\":1.0},{\"dark\":1.0}]");
        assertThat(Wish.of(told.get("wish").toString()).kind()).isEqualTo(Wish.Kind.SAMPLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sampel x                         | There is no command 'sampel'. Did you mean sample?
                    data inspct x                    | There is no command 'inspct'. Did you mean inspect?
                    sample x --gidance 3             | There is no option --gidance here. Did you mean --guidance?
                    sample x --gidance=3             | Did you mean --guidance?
                    sample a b                       | 'b' is a word too many
                    sample x --count many            | a whole number such as 4 was expected, got 'many'
                    sample x --count 99999999999     | which is too large
                    sample x --guidance much         | a number such as 0.5 was expected, got 'much'
                    sample x --precision fp16        | there is no precision 'fp16'. Known: auto, float32, bfloat16
                    sample x --labels a --prompt b   | exclude each other: say one of them (--labels, --context, --prompt).
                    sample x --size big              | expected a size such as 64
                    train sprites --set train.epochs=abc     | train.epochs: expected a whole number such as 4, got 'abc'
                    train sprites --set train.precision=fp16 | train.precision: there is no 'fp16'. Known: auto, float32
                    train sprites --set trian.epochs=3       | there is no key 'trian'. Did you mean train?
                    """)
    void wordsThatCannotBeUnderstood(String line, String said) {
        Terminal.run((Object[]) line.split(" ")).failed(2, said);
    }

    /** A model that reads no words says what it reads. */
    @Test
    void aPromptIsForModelsThatReadWords() {
        Terminal.run("sample", sprites, "--prompt", "a dark hat", "--out", folder.resolve("words.png"))
                .failed(1, "was not trained on words", "It knows classes: ");
    }

    @Test
    void linesToCopyAreNotBroken() {
        assertThat(Main.commandLine().getSubcommands().get("sample").getUsageMessage())
                .contains("  inkstone sample runs/sprites --context hat=0.7,glasses=0.3 --guidance 2 --count 16 --out"
                        + " mix.png\n");
        assertThat(Main.commandLine().getUsageMessage()).contains("Start with:  inkstone train");
    }
}
