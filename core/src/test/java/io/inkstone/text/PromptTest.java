package io.inkstone.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.data.SharedData;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTest {
    private static ClipTokenizer tokenizer() {
        return ClipTokenizer.open(SharedData.path("clip"));
    }

    /** Worked by hand from the rules: 1.1 a round bracket, 1/1.1 a square one, said weights multiply too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a cat | a cat=1",
                "(cat) | cat=1.1",
                "((cat)) | cat=1.21",
                "[cat] | cat=0.909",
                "a (red:1.3) cat | a =1; red=1.3;  cat=1",
                "a (very (red:2) cat:1.5) | a =1; very =1.5; red=3;  cat=1.5",
                "a \\(literal\\) | a (literal)=1",
                "(open (cat | open =1.1; cat=1.21",
                "a ] b ) c | a ] b ) c=1",
                "(house:1.5) : time | house=1.5;  : time=1",
                "[cat:0.5] | cat:0.5=0.909",
                "(a: b) | a: b=1.1",
                "(x:-.5) | x=-0.5",
                "(a)(b) c | ab=1.1;  c=1",
                "(a BREAK b:2) c | a=2; =1; b=2;  c=1",
            })
    void weightsInBrackets(String text, String expected) {
        String seen = WeightedText.parse(text).parts().stream()
                .map(part -> part.text() + "=" + Math.round(part.weight() * 1000) / 1000.0)
                .map(part -> part.replaceAll("\\.0$", ""))
                .collect(Collectors.joining("; "));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void everyIdCarriesTheWeightOfItsWords() {
        Prompt prompt = Prompt.chunked(tokenizer(), WeightedText.parse("a (red:1.5) cat"));
        Prompt.Chunk chunk = prompt.chunks().get(0);
        assertThat(chunk.ids()).startsWith(49406, 320, 736, 2368, 49407, 49407);
        assertThat(chunk.weights()).startsWith(1, 1, 1.5, 1, 1, 1).hasSize(77);
        assertThat(chunk.isWeighted()).isTrue();
        assertThat(Prompt.chunked(tokenizer(), WeightedText.parse("")).chunks()).singleElement();
    }

    @Test
    void longPromptsAreCutIntoChunksOfSeventyFive() {
        ClipTokenizer two = tokenizer().withPad(0);
        String text = "cat ".repeat(80);
        List<Prompt.Chunk> chunks =
                Prompt.chunked(two, WeightedText.plain(text)).chunks();
        assertThat(chunks).hasSize(2);
        assertThat(chunks.get(0).ids()[75]).isEqualTo(2368);
        assertThat(chunks.get(0).ids()[76]).isEqualTo(49407);
        assertThat(chunks.get(1).ids())
                .startsWith(49406, 2368, 2368, 2368, 2368, 2368, 49407, 0)
                .endsWith(0);
        assertThat(Prompt.single(two, text).cut()).isEqualTo("cat cat cat cat cat");
        assertThat(Prompt.single(two, text).chunks()).hasSize(1);
        assertThat(Prompt.single(two, "cat").padded(two, 3).chunks().get(2).ids())
                .startsWith(49406, 49407, 0);
    }

    @Test
    void aFullChunkEndsAtItsLastCommaAndBreakEndsOne() {
        ClipTokenizer tokenizer = tokenizer();
        String text = "cat ".repeat(59) + ", " + "dog ".repeat(20);
        List<Prompt.Chunk> chunks =
                Prompt.chunked(tokenizer, WeightedText.plain(text)).chunks();
        assertThat(chunks.get(0).ids()[60]).isEqualTo(267);
        assertThat(chunks.get(0).ids()[61]).isEqualTo(49407);
        assertThat(chunks.get(1).ids()[20]).isEqualTo(1929);
        assertThat(chunks.get(1).ids()[21]).isEqualTo(49407);
        List<Prompt.Chunk> broken =
                Prompt.chunked(tokenizer, WeightedText.parse("cat BREAK dog")).chunks();
        assertThat(broken).hasSize(2);
        assertThat(broken.get(1).ids()).startsWith(49406, 1929, 49407);
    }
}
