package io.inkstone.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.data.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTokenizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ClipTokenizer reference() {
        return ClipTokenizer.open(SharedData.path("clip"));
    }

    @Test
    void referenceIds() throws IOException {
        ClipTokenizer tokenizer = reference();
        try (InputStream in = getClass().getResourceAsStream("clip_ids.json")) {
            JsonNode all = JSON.readTree(in);
            assertThat(all).hasSize(20);
            for (JsonNode one : all) {
                int[] expected = JSON.convertValue(one.get("input_ids"), int[].class);
                assertThat(tokenizer.ids(one.get("text").textValue()))
                        .as(one.get("text").textValue())
                        .isEqualTo(expected);
            }
            List<String> texts = List.of(
                    all.get(0).get("text").textValue(), all.get(1).get("text").textValue());
            NdArray ids = tokenizer.ids(texts);
            assertThat(ids.type()).isEqualTo(DType.INT64);
            assertThat(ids.shape()).containsExactly(2, ClipTokenizer.LENGTH);
            assertThat(ids.rows(1, 1).toFloats())
                    .isEqualTo(JSON.convertValue(all.get(1).get("input_ids"), float[].class));
        }
    }

    @Test
    void longTextsKeepTheEndLastAndPaddingIsChosen() {
        ClipTokenizer tokenizer = reference();
        int[] ids = tokenizer.ids("cat ".repeat(200));
        assertThat(ids[0]).isEqualTo(ClipTokenizer.START);
        assertThat(ids[76]).isEqualTo(ClipTokenizer.END);
        assertThat(ids[75]).isEqualTo(ids[1]);
        assertThat(tokenizer.withPad(0).ids("cat"))
                .startsWith(49406, 2368, 49407, 0)
                .endsWith(0);
        assertThat(tokenizer.ids("x".repeat(1_000_000))[76]).isEqualTo(ClipTokenizer.END);
        assertThatThrownBy(() -> tokenizer.withPad(49408)).hasMessageContaining("between 0 and 49407");
    }

    /** The other form of the vocabulary gives the same ids. */
    @Test
    void vocabularyAsJsonAndMerges(@TempDir Path folder) throws IOException {
        ClipVocabulary known = ClipVocabulary.read(SharedData.path("clip"));
        String merges = known.ranks().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByValue())
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.joining("\n", "#version: 0.2\n", "\n"));
        Files.writeString(folder.resolve("merges.txt"), merges);
        JSON.writeValue(folder.resolve("vocab.json").toFile(), known.ids());
        String text = "Two  Ça-va ぺ 12 dogs' houses 🙂";
        assertThat(ClipTokenizer.open(folder).ids(text)).isEqualTo(reference().ids(text));
        assertThat(ClipTokenizer.open(folder.resolve("vocab.json")).ids(text))
                .isEqualTo(reference().ids(text));
    }

    @Test
    void textIsPreparedAsTheReferenceDoes() {
        assertThat(TextStyle.OPEN_CLIP.prepared("  A\u00a0\t Cafe\u0301\n")).isEqualTo("a caf\u00e9");
        assertThat(TextStyle.TRANSFORMERS.prepared("\u039f\u03a3\u00a0\n\u0130"))
                .isEqualTo("\u03bf\u03c3 i\u0307");
    }

    /** Marks are looked for before letters are lowered; where the two programs differ, an option chooses. */
    @Test
    void rareTextsInBothStyles() {
        ClipTokenizer transformers = reference();
        ClipTokenizer openClip = transformers.withStyle(TextStyle.OPEN_CLIP);
        int[] capitals = {320, 27, 347, 40786, 4160, 91, 285, 2368};
        assertThat(transformers.pieces("a <|ENDOFTEXT|> cat")).isEqualTo(capitals);
        assertThat(openClip.pieces("a <|ENDOFTEXT|> cat")).isEqualTo(capitals);
        assertThat(openClip.pieces("a <END_OF_TEXT> cat")).containsExactly(320, 49407, 2368);
        assertThat(transformers.pieces("a <|endoftext|>")).containsExactly(320, 49407);
        assertThat(transformers.pieces("\u039f\u0394\u039f\u03a3")).endsWith(139, 481);
        assertThat(openClip.pieces("\u039f\u0394\u039f\u03a3")).endsWith(139, 480);
        assertThat(transformers.pieces("red\u001c")).containsExactly(736, 472);
        assertThat(openClip.pieces("red\u001c")).containsExactly(736);
    }

    @Test
    void idsBecomeTextAgainAndWhatIsCutIsKnown() {
        ClipTokenizer tokenizer = reference();
        assertThat(tokenizer.text(tokenizer.ids("A  Ça-va 🦊, cat"))).isEqualTo("a ça - va 🦊, cat");
        assertThat(tokenizer.cut("cat ".repeat(75))).isEmpty();
        assertThat(tokenizer.cut("cat ".repeat(75) + "red horse")).isEqualTo("red horse");
        assertThat(tokenizer.size()).isEqualTo(49408);
    }

    @Test
    void wrongVocabulariesAreSentences(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> ClipTokenizer.open(folder)).hasMessageContaining("no CLIP vocabulary");
        assertThatThrownBy(() -> ClipTokenizer.open(folder.resolve("none"))).hasMessageContaining("There is no");
        Path list = folder.resolve("bpe_simple_vocab_16e6.txt.gz");
        Files.writeString(list, "not gzip");
        assertThatThrownBy(() -> ClipTokenizer.open(list)).hasMessageContaining("not an intact gzip");
        Files.writeString(folder.resolve("merges.txt"), "#version\na b\n");
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": 1}");
        assertThatThrownBy(() -> ClipTokenizer.open(folder)).hasMessageContaining("no list of CLIP's merges");
    }
}
