package io.inkstone.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The pieces that CLIP's encoding knows and the order in which pairs are merged.
 *
 * @param ids the id of each piece; pieces that end a word carry {@code </w>}
 * @param ranks of each pair {@code "left right"}; the lowest is merged first
 * @param added what {@code tokenizer.json} lists beside the pieces, by id; empty for other files
 */
record ClipVocabulary(Map<String, Integer> ids, Map<String, Integer> ranks, JsonNode added) {
    /** Pieces in all: 256 bytes, 256 bytes that end a word, 48,894 merges, start and end. */
    static final int SIZE = 49408;

    private static final String JSON = "tokenizer.json";

    /** A title and the merges that CLIP uses, of OpenAI's list. */
    private static final String PUBLISHED = "clip-merges.txt.gz";

    private static final int MERGES = SIZE - 512 - 2;
    private static final int MOST_BYTES = 64 << 20;
    private static final String WANTED = "tokenizer.json, vocab.json with merges.txt, or bpe_simple_vocab_16e6.txt.gz";
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

    /** Reads a folder or one of the files named above. */
    static ClipVocabulary read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new InputException(Words.of("There is no CLIP vocabulary %s; give a folder with %s.", path, WANTED));
        }
        Path folder = folder(path);
        String name = path.getFileName().toString();
        boolean whole = Files.isDirectory(path);
        Path one = folder.resolve(JSON);
        if ((whole || name.equals(JSON)) && Files.isRegularFile(one)) {
            return ofJson(one);
        }
        boolean pair = whole || name.matches("vocab\\.json|merges\\.txt");
        Path json = folder.resolve("vocab.json");
        if (pair && Files.isRegularFile(json) && Files.isRegularFile(folder.resolve("merges.txt"))) {
            return ofPair(json, folder.resolve("merges.txt"));
        }
        Path single = Files.isDirectory(path) ? folder.resolve("bpe_simple_vocab_16e6.txt.gz") : path;
        if (!Files.isRegularFile(single) || (pair && !whole)) {
            throw new InputException(Words.of("%s has no CLIP vocabulary; it should hold %s.", folder, WANTED));
        }
        return ofMerges(single);
    }

    /** Where the files lie: the path itself, its {@code tokenizer} folder if it is a whole pipeline, or what holds the file. */
    static Path folder(Path path) {
        if (!Files.isDirectory(path)) {
            return path.toAbsolutePath().getParent();
        }
        Path inside = path.resolve("tokenizer");
        return Files.isRegularFile(path.resolve("model_index.json")) && Files.isDirectory(inside) ? inside : path;
    }

    /** As transformers writes it since its version 5: pieces, merges and marks in one file. */
    private static ClipVocabulary ofJson(Path file) throws IOException {
        JsonNode all = TokenizerFolder.json(file);
        JsonNode model = all.path("model");
        if (!model.path("type").asText("BPE").equals("BPE")
                || !model.path("end_of_word_suffix").asText("").equals("</w>")) {
            throw new InputException(
                    Words.of("%s is no tokenizer of CLIP: byte pairs whose words end in </w> were expected.", file));
        }
        Map<String, Integer> ids = new HashMap<>();
        model.path("vocab")
                .properties()
                .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : model.path("merges")) {
            merges.add(
                    merge.isArray()
                            ? merge.path(0).asText() + " " + merge.path(1).asText()
                            : merge.asText());
        }
        ObjectNode added = JsonNodeFactory.instance.objectNode();
        for (JsonNode token : all.path("added_tokens")) {
            added.set(token.path("id").asText(), token);
        }
        return new ClipVocabulary(ids, ranks(merges), added).checked(file);
    }

    private static ClipVocabulary ofPair(Path json, Path list) throws IOException {
        try {
            Map<String, Integer> ids = new ObjectMapper().readValue(text(json), new TypeReference<>() {});
            return new ClipVocabulary(ids, ranks(merges(list)), NONE).checked(json);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    Words.of("%s is no JSON object from pieces to ids: %s", json, e.getOriginalMessage()), e);
        }
    }

    private static ClipVocabulary ofMerges(Path list) throws IOException {
        return ofMerges(merges(list), list.toString());
    }

    /** The one that ships: that of every published CLIP. */
    static ClipVocabulary published() {
        try (InputStream in = new GZIPInputStream(ClipVocabulary.class.getResourceAsStream(PUBLISHED))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ofMerges(text.lines().skip(1).limit(MERGES).toList(), PUBLISHED);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** {@code vocab.json} and {@code merges.txt} into {@code folder}, as transformers reads them. */
    void write(Path folder) throws IOException {
        Map<Integer, String> byId = new TreeMap<>();
        ids.forEach((piece, id) -> byId.put(id, piece));
        ObjectNode pieces = JsonNodeFactory.instance.objectNode();
        byId.forEach((id, piece) -> pieces.put(piece, id));
        Files.writeString(folder.resolve("vocab.json"), pieces.toString());
        List<String> merges = new ArrayList<>(ranks.keySet());
        merges.sort(Comparator.comparing(ranks::get));
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", merges) + "\n");
    }

    /** The ids follow from the merges: bytes, bytes that end a word, merges, start, end. */
    private static ClipVocabulary ofMerges(List<String> merges, String list) {
        List<String> pieces = new ArrayList<>(SIZE);
        for (char symbol : ByteSymbols.inOrder()) {
            pieces.add(String.valueOf(symbol));
        }
        for (char symbol : ByteSymbols.inOrder()) {
            pieces.add(symbol + "</w>");
        }
        for (String merge : merges) {
            pieces.add(merge.replace(" ", ""));
        }
        pieces.add(ClipTokenizer.START_TEXT);
        pieces.add(ClipTokenizer.END_TEXT);
        Map<String, Integer> ids = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            ids.put(pieces.get(i), i);
        }
        return new ClipVocabulary(ids, ranks(merges), NONE).checked(list);
    }

    private ClipVocabulary checked(Object file) {
        if (ids.getOrDefault(ClipTokenizer.START_TEXT, -1) != ClipTokenizer.START
                || ids.getOrDefault(ClipTokenizer.END_TEXT, -1) != ClipTokenizer.END) {
            throw new InputException(Words.of(
                    "%s is not CLIP's vocabulary: %s should have the id %d and %s %d.",
                    file, ClipTokenizer.START_TEXT, ClipTokenizer.START, ClipTokenizer.END_TEXT, ClipTokenizer.END));
        }
        return this;
    }

    private static Map<String, Integer> ranks(List<String> merges) {
        Map<String, Integer> ranks = new HashMap<>();
        for (int i = 0; i < merges.size(); i++) {
            ranks.put(merges.get(i), i);
        }
        return ranks;
    }

    /** The first line of a list of merges is its title; the original list goes on with merges that CLIP does not use. */
    private static List<String> merges(Path list) throws IOException {
        List<String> lines = text(list).lines().skip(1).limit(MERGES).toList();
        if (lines.size() < MERGES || lines.stream().anyMatch(line -> line.split(" ").length != 2)) {
            throw new InputException(Words.of(
                    "%s is no list of CLIP's merges: a title and %d lines of two pieces were expected.", list, MERGES));
        }
        return lines;
    }

    private static String text(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (ZipException | EOFException e) {
            throw new InputException(Words.of("%s is not an intact gzip file. Fetch it again.", file), e);
        }
    }
}
