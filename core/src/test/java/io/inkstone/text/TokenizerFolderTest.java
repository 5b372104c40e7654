package io.inkstone.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files beside a vocabulary say, each as transformers 5.24 was seen to read it. */
class TokenizerFolderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OBJECT =
            "{\"content\": \"%s\", \"lstrip\": false, \"normalized\": true, \"rstrip\": false, \"single_word\": false}";
    private static final String START = OBJECT.formatted("<|startoftext|>");
    private static final String END = OBJECT.formatted("<|endoftext|>");

    private static ClipVocabulary vocabulary;

    @TempDir
    Path folder;

    private static ClipVocabulary known() throws IOException {
        if (vocabulary == null) {
            vocabulary = ClipVocabulary.read(SharedData.path("clip"));
        }
        return vocabulary;
    }

    private static List<String> merges(ClipVocabulary known) {
        return known.ranks().entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .toList();
    }

    private ClipTokenizer pair(String map) throws IOException {
        ClipVocabulary known = known();
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", merges(known)) + "\n");
        JSON.writeValue(folder.resolve("vocab.json").toFile(), known.ids());
        Files.writeString(folder.resolve("special_tokens_map.json"), map);
        return ClipTokenizer.open(folder);
    }

    /** Stable Diffusion 2 pads with an exclamation mark, which therefore is 0 wherever it stands. */
    @Test
    void theTokenThatPadsIsAMarkOfItsOwn() throws IOException {
        ClipTokenizer two = pair("{\"bos_token\": %s, \"eos_token\": %s, \"unk_token\": %2$s, \"pad_token\": \"!\"}"
                .formatted(START, END));
        assertThat(two.pad()).isZero();
        assertThat(two.pieces("moon! wow!!")).containsExactly(3293, 0, 2781, 0, 0);
        assertThat(two.pieces("<|ENDOFTEXT|>!")).containsExactly(49407, 0);
        assertThat(two.ids("moon")).startsWith(49406, 3293, 49407, 0).endsWith(0);
    }

    @Test
    void aMarkNamedByItsBareTextIsLookedForBeforeLettersAreLowered() throws IOException {
        ClipTokenizer one =
                pair("{\"bos_token\": %s, \"eos_token\": %s, \"pad_token\": \"<|endoftext|>\"}".formatted(START, END));
        assertThat(one.pad()).isEqualTo(49407);
        assertThat(one.pieces("<|ENDOFTEXT|>!")).containsExactly(27, 347, 40786, 4160, 91, 285, 256);
        assertThat(one.pieces("<|StartOfText|>")).containsExactly(49406);
    }

    @Test
    void addedWordsAreIdsOfTheirOwn() throws IOException {
        Files.writeString(folder.resolve("added_tokens.json"), "{\"<Cat-toy>\": 49408}");
        ClipTokenizer tokenizer = pair("{}");
        assertThat(tokenizer.pieces("a <Cat-toy> <cat-toy>")).containsExactly(320, 49408, 49408);
        assertThat(tokenizer.size()).isEqualTo(49409);
    }

    @Test
    void oneFileHoldsPiecesMergesAndMarks() throws IOException {
        ClipVocabulary known = known();
        ObjectNode all = JSON.createObjectNode();
        ObjectNode model = all.putObject("model");
        model.put("type", "BPE").put("end_of_word_suffix", "</w>").set("vocab", JSON.valueToTree(known.ids()));
        ArrayNode merges = model.putArray("merges");
        merges(known).forEach(merge -> merges.add(JSON.valueToTree(merge.split(" "))));
        ArrayNode added = all.putArray("added_tokens");
        added.addObject().put("id", 49406).put("content", "<|startoftext|>").put("normalized", false);
        added.addObject().put("id", 49407).put("content", "<|endoftext|>").put("normalized", true);
        Path inside = Files.createDirectories(folder.resolve("tokenizer"));
        Files.writeString(folder.resolve("model_index.json"), "{}");
        JSON.writeValue(inside.resolve("tokenizer.json").toFile(), all);
        Files.writeString(inside.resolve("tokenizer_config.json"), "{\"pad_token\": \"!\"}");
        ClipTokenizer tokenizer = ClipTokenizer.open(folder);
        assertThat(tokenizer.pieces("Moon! <|EndOfText|>")).containsExactly(3293, 0, 49407);
        assertThat(tokenizer.pad()).isZero();
        String text = "Two  Ça-va ぺ 12 dogs' houses 🙂";
        assertThat(tokenizer.pieces(text))
                .isEqualTo(ClipTokenizer.open(SharedData.path("clip")).pieces(text));
        model.put("end_of_word_suffix", "");
        JSON.writeValue(inside.resolve("tokenizer.json").toFile(), all);
        assertThatThrownBy(() -> ClipTokenizer.open(inside)).hasMessageContaining("no tokenizer of CLIP");
    }

    @Test
    void whatIsNotDoneIsNamed() {
        SharedData.path("clip"); // skipped without it, before anything is expected to fail
        assertThatThrownBy(() -> pair("{\"pad_token\": \"<pad>\"}")).hasMessageContaining("\"<pad>\"");
    }
}
