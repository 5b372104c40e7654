package io.inkstone.text;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The byte-level byte-pair encoding of CLIP (Radford et al. 2021, "Learning transferable visual models from natural
 * language supervision"). A text becomes 77 ids: start, pieces, end, padding; one that is too long is cut so that the end
 * stays last. Texts are brought to Unicode NFC, white space is collapsed, letters are lowered. Thread-safe.
 */
public final class ClipTokenizer {
    /** Ids of a text, padding included. */
    public static final int LENGTH = 77;
    /** The id before a text. */
    public static final int START = 49406;
    /** The id after a text; also the usual padding. */
    public static final int END = 49407;

    static final String START_TEXT = "<|startoftext|>";
    static final String END_TEXT = "<|endoftext|>";

    private static final Pattern WORDS = Pattern.compile(
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    /** Merging takes time that grows with the square of a word; no 77 ids reach further than this many bytes of one. */
    private static final int LONGEST_WORD = 4096;

    private static final int KEPT_WORDS = 50_000;

    private final ClipVocabulary vocabulary;
    private final int pad;
    private final Map<String, int[]> words = new ConcurrentHashMap<>();

    private ClipTokenizer(ClipVocabulary vocabulary, int pad) {
        this.vocabulary = vocabulary;
        this.pad = pad;
    }

    /** Reads the vocabulary from a folder, or a file of it, and pads with {@link #END}. */
    public static ClipTokenizer open(Path vocabulary) {
        try {
            return new ClipTokenizer(ClipVocabulary.read(vocabulary), END);
        } catch (IOException e) {
            throw new InputException(
                    Words.of(
                            "The CLIP vocabulary %s cannot be read: %s. Make it readable, or name another copy of it.",
                            vocabulary, e.getMessage()),
                    e);
        }
    }

    /** The same with another id behind the end. */
    public ClipTokenizer withPad(int id) {
        if (id < 0 || id >= ClipVocabulary.SIZE) {
            throw new InputException(
                    Words.of("The padding id lies between 0 and %d, got %d.", ClipVocabulary.SIZE - 1, id));
        }
        return new ClipTokenizer(vocabulary, id);
    }

    /** The {@value #LENGTH} ids of a text. */
    public int[] ids(String text) {
        int[] ids = new int[LENGTH];
        Arrays.fill(ids, pad);
        ids[0] = START;
        int count = 1;
        Matcher matcher = WORDS.matcher(prepared(text));
        while (count < LENGTH - 1 && matcher.find()) {
            for (int id : word(matcher.group())) {
                if (count < LENGTH - 1) {
                    ids[count++] = id;
                }
            }
        }
        ids[count] = END;
        return ids;
    }

    /** The ids of several texts, int64 [N, {@value #LENGTH}]. */
    public NdArray ids(List<String> texts) {
        long[] all = texts.stream()
                .flatMapToInt(text -> Arrays.stream(ids(text)))
                .asLongStream()
                .toArray();
        return NdArray.of(all, texts.size(), LENGTH);
    }

    /** NFC, white space collapsed and trimmed, lower case. */
    static String prepared(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return SPACE.matcher(composed).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    private int[] word(String word) {
        int[] known = words.get(word);
        if (known != null) {
            return known;
        }
        int[] ids = word.equals(START_TEXT) || word.equals(END_TEXT)
                ? new int[] {word.equals(START_TEXT) ? START : END}
                : merge(symbols(word)).stream().mapToInt(this::id).toArray();
        if (words.size() < KEPT_WORDS) {
            words.put(word, ids);
        }
        return ids;
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
        symbols.set(length - 1, symbols.get(length - 1) + "</w>");
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
