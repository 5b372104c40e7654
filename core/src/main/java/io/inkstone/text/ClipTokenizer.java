package io.inkstone.text;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;

/**
 * The byte-level byte-pair encoding of CLIP (Radford et al. 2021, "Learning transferable visual models from natural
 * language supervision"). A text becomes 77 ids: start, pieces, end, padding; one that is too long is cut so that the end
 * stays last. Marks such as {@code <|endoftext|>} are looked for first, in the text as it came; what lies between them is
 * prepared as its {@link TextStyle} says. Thread-safe.
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

    private static final List<TokenizerFolder.Mark> OPEN_CLIP_MARKS = List.of(
            new TokenizerFolder.Mark("<start_of_text>", START, true),
            new TokenizerFolder.Mark("<end_of_text>", END, true));

    private final BytePairs pairs;
    private final List<TokenizerFolder.Mark> marks;
    private final int pad;
    private final TextStyle style;
    private final Marks plain;
    private final Marks prepared;

    private ClipTokenizer(BytePairs pairs, List<TokenizerFolder.Mark> marks, int pad, TextStyle style) {
        this.pairs = pairs;
        this.marks = marks;
        this.pad = pad;
        this.style = style;
        this.plain = new Marks(marks.stream().filter(mark -> !mark.prepared()).toList());
        this.prepared = new Marks(marks.stream()
                .filter(TokenizerFolder.Mark::prepared)
                .map(mark -> new TokenizerFolder.Mark(style.prepared(mark.text()), mark.id(), true))
                .toList());
    }

    /**
     * Reads the vocabulary from a folder ({@code tokenizer.json}, {@code vocab.json} with {@code merges.txt}, or
     * {@code bpe_simple_vocab_16e6.txt.gz}; a whole pipeline's folder too), or a file of it. What pads, and which texts are
     * marks, say the files beside it; else {@link #END} pads.
     */
    public static ClipTokenizer open(Path vocabulary) {
        try {
            ClipVocabulary known = ClipVocabulary.read(vocabulary);
            TokenizerFolder beside = TokenizerFolder.read(ClipVocabulary.folder(vocabulary), known);
            return new ClipTokenizer(new BytePairs(known), beside.marks(), beside.pad(), TextStyle.TRANSFORMERS);
        } catch (IOException e) {
            throw new InputException(
                    Words.of(
                            "The CLIP vocabulary %s cannot be read: %s. Make it readable, or name another copy of it.",
                            vocabulary, e.getMessage()),
                    e);
        }
    }

    /** With the vocabulary that ships, that of every published CLIP; {@link #END} pads. */
    public static ClipTokenizer published() {
        return new ClipTokenizer(new BytePairs(ClipVocabulary.published()), List.of(), END, TextStyle.TRANSFORMERS);
    }

    /** Writes {@code vocab.json}, {@code merges.txt} and {@code tokenizer_config.json}, as transformers reads them. */
    public void save(Path folder) throws IOException {
        Files.createDirectories(folder);
        pairs.vocabulary().write(folder);
        String mark = pad == END ? END_TEXT : text(new int[] {pad}).strip();
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                Words.of(
                        """
                {
                  "bos_token": "%s",
                  "eos_token": "%s",
                  "model_max_length": %d,
                  "pad_token": "%s",
                  "tokenizer_class": "CLIPTokenizer",
                  "unk_token": "%s"
                }
                """,
                        START_TEXT, END_TEXT, LENGTH, mark, END_TEXT));
    }

    /** The same with another id behind the end. */
    public ClipTokenizer withPad(int id) {
        if (id < 0 || id >= size()) {
            throw new InputException(Words.of("The padding id lies between 0 and %d, got %d.", size() - 1, id));
        }
        return new ClipTokenizer(pairs, marks, id, style);
    }

    /** The same with texts prepared, and marks spelled, as another program does. */
    public ClipTokenizer withStyle(TextStyle other) {
        return new ClipTokenizer(pairs, other == TextStyle.OPEN_CLIP ? OPEN_CLIP_MARKS : marks, pad, other);
    }

    /** The id behind the end. */
    public int pad() {
        return pad;
    }

    /** One more than the highest id: what a text encoder's table of words must have at least. */
    public int size() {
        int pieces =
                pairs.vocabulary().ids().values().stream().max(Integer::compare).orElse(0);
        int marked = marks.stream().mapToInt(TokenizerFolder.Mark::id).max().orElse(0);
        return 1 + Math.max(pieces, marked);
    }

    /** The {@value #LENGTH} ids of a text. */
    public int[] ids(String text) {
        int[] pieces = pieces(text, LENGTH - 2);
        int[] ids = new int[LENGTH];
        Arrays.fill(ids, pad);
        ids[0] = START;
        System.arraycopy(pieces, 0, ids, 1, pieces.length);
        ids[pieces.length + 1] = END;
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

    /** The ids of a text of any length, without start, end and padding. */
    public int[] pieces(String text) {
        return pieces(text, Integer.MAX_VALUE);
    }

    /** What of a text {@link #ids(String)} cuts off; empty if nothing. */
    public String cut(String text) {
        int[] all = pieces(text);
        return all.length <= LENGTH - 2 ? "" : text(Arrays.copyOfRange(all, LENGTH - 2, all.length));
    }

    /** The text of ids, words apart by a blank, in small letters; start and end are left out. */
    public String text(int[] ids) {
        return pairs.text(
                Arrays.stream(ids).filter(id -> id != START && id != END).toArray());
    }

    private int[] pieces(String text, int most) {
        Pieces pieces = new Pieces(most);
        plain.split(
                text,
                part -> prepared.split(style.prepared(part), words -> words(words, pieces), pieces::add),
                pieces::add);
        return pieces.ids.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Ids so far, at most a given number. */
    private static final class Pieces {
        private final List<Integer> ids = new ArrayList<>();
        private final int most;

        Pieces(int most) {
            this.most = most;
        }

        void add(int id) {
            if (!isFull()) {
                ids.add(id);
            }
        }

        boolean isFull() {
            return ids.size() >= most;
        }
    }

    private void words(String prepared, Pieces pieces) {
        Matcher matcher = style.words().matcher(prepared);
        while (!pieces.isFull() && matcher.find()) {
            String word = matcher.group();
            boolean likeMark = word.equals(START_TEXT) || word.equals(END_TEXT);
            // a mark in capitals is no mark: it is cut once more, into signs and letters
            List<String> parts = likeMark ? List.of("<|", word.substring(2, word.length() - 2), "|>") : List.of(word);
            parts.forEach(part -> Arrays.stream(pairs.ids(part)).forEach(pieces::add));
        }
    }
}
