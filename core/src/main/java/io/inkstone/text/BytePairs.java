package io.inkstone.text;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Words to ids and back by merging pairs of pieces, the lowest rank first. Thread-safe. */
final class BytePairs {
    /** Merging takes time that grows with the square of a word; no 77 ids reach further than this many bytes of one. */
    private static final int LONGEST_WORD = 4096;

    private static final int KEPT_WORDS = 50_000;
    private static final String WORD_END = "</w>";

    private final ClipVocabulary vocabulary;
    private final Map<String, int[]> words = new ConcurrentHashMap<>();

    BytePairs(ClipVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    ClipVocabulary vocabulary() {
        return vocabulary;
    }

    /** The ids of a word, which holds no white space. */
    int[] ids(String word) {
        int[] known = words.get(word);
        if (known != null) {
            return known;
        }
        int[] ids = merge(symbols(word)).stream().mapToInt(this::id).toArray();
        if (words.size() < KEPT_WORDS) {
            words.put(word, ids);
        }
        return ids;
    }

    /** The text of ids, words apart by a blank; ids without a piece are left out. */
    String text(int[] ids) {
        Map<Integer, String> pieces = new HashMap<>();
        vocabulary.ids().forEach((piece, id) -> pieces.put(id, piece));
        StringBuilder symbols = new StringBuilder();
        for (int id : ids) {
            symbols.append(pieces.getOrDefault(id, "").replace(WORD_END, " "));
        }
        return ByteSymbols.text(symbols).strip();
    }

    private int id(String piece) {
        Integer id = vocabulary.ids().get(piece);
        if (id == null) {
            throw new InputException(Words.of(
                    "The vocabulary has no piece \"%s\"; vocab.json and merges.txt do not belong together.", piece));
        }
        return id;
    }

    /** A piece a byte; the last one carries the mark of a word's end. */
    private static List<String> symbols(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, LONGEST_WORD);
        List<String> symbols = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            symbols.add(String.valueOf(ByteSymbols.of(bytes[i])));
        }
        symbols.set(length - 1, symbols.get(length - 1) + WORD_END);
        return symbols;
    }

    /** Joins the pair of the lowest rank, everywhere in the word, until no known pair is left. */
    private List<String> merge(List<String> pieces) {
        List<String> merged = pieces;
        while (merged.size() > 1) {
            int best = Integer.MAX_VALUE;
            int at = -1;
            for (int i = 0; i + 1 < merged.size(); i++) {
                int rank = rank(merged, i);
                if (rank < best) {
                    best = rank;
                    at = i;
                }
            }
            if (at < 0) {
                return merged;
            }
            List<String> next = new ArrayList<>(merged.size());
            for (int i = 0; i < merged.size(); i++) {
                boolean joins = i + 1 < merged.size() && rank(merged, i) == best;
                next.add(joins ? merged.get(i) + merged.get(i + 1) : merged.get(i));
                i += joins ? 1 : 0;
            }
            merged = next;
        }
        return merged;
    }

    private int rank(List<String> pieces, int at) {
        return vocabulary.ranks().getOrDefault(pieces.get(at) + " " + pieces.get(at + 1), Integer.MAX_VALUE);
    }
}
