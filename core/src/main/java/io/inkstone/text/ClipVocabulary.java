package io.inkstone.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The pieces that CLIP's encoding knows and the order in which pairs are merged.
 *
 * @param ids the id of each piece; pieces that end a word carry {@code </w>}
 * @param ranks of each pair {@code "left right"}; the lowest is merged first
 */
record ClipVocabulary(Map<String, Integer> ids, Map<String, Integer> ranks) {
    /** Pieces in all: 256 bytes, 256 bytes that end a word, 48,894 merges, start and end. */
    static final int SIZE = 49408;

    private static final int MERGES = SIZE - 512 - 2;
    private static final int MOST_BYTES = 64 << 20;
    private static final String WANTED = "vocab.json with merges.txt, or bpe_simple_vocab_16e6.txt.gz";

    /** Reads a folder or one of the files named above. */
    static ClipVocabulary read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new InputException(Words.of("There is no CLIP vocabulary %s; give a folder with %s.", path, WANTED));
        }
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        boolean pair = Files.isDirectory(path) || path.getFileName().toString().matches("vocab\\.json|merges\\.txt");
        Path json = folder.resolve("vocab.json");
        if (pair && Files.isRegularFile(json) && Files.isRegularFile(folder.resolve("merges.txt"))) {
            return ofPair(json, folder.resolve("merges.txt"));
        }
        Path single = Files.isDirectory(path) ? folder.resolve("bpe_simple_vocab_16e6.txt.gz") : path;
        if (!Files.isRegularFile(single) || (pair && !Files.isDirectory(path))) {
            throw new InputException(Words.of("%s has no CLIP vocabulary; it should hold %s.", folder, WANTED));
        }
        return ofMerges(single);
    }

    private static ClipVocabulary ofPair(Path json, Path list) throws IOException {
        try {
            Map<String, Integer> ids = new ObjectMapper().readValue(text(json), new TypeReference<>() {});
            return new ClipVocabulary(ids, ranks(merges(list))).checked(json);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    Words.of("%s is no JSON object from pieces to ids: %s", json, e.getOriginalMessage()), e);
        }
    }

    /** The ids follow from the merges: bytes, bytes that end a word, merges, start, end. */
    private static ClipVocabulary ofMerges(Path list) throws IOException {
        List<String> merges = merges(list);
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
        return new ClipVocabulary(ids, ranks(merges)).checked(list);
    }

    private ClipVocabulary checked(Path file) {
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
