package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the samples of one tar lie, in the form of WebDataset: files that are neighbours and have one name up to its first
 * dot are a sample, such as {@code 000017.jpg}, {@code 000017.cls} and {@code 000017.txt}. Plain arrays, so that a million
 * samples are found in a second or two and kept in little memory.
 */
final class TarIndex {
    /** A sample without a class. */
    static final int NONE = -1;

    private final Path path;
    /** Names of the samples behind one another, in UTF-8. */
    byte[] names = new byte[1 << 12];
    /** Where each name ends. */
    int[] nameEnds = new int[64];
    /** Where each picture begins. */
    long[] pictures = new long[64];

    int[] pictureLengths = new int[64];
    /** Where each text begins; its length is 0 where there is none, negative where it is JSON. */
    long[] texts = new long[64];

    int[] textLengths = new int[64];
    int[] classes = new int[64];
    int count;
    /** Files that are not read, by their ending. */
    final Map<String, Integer> unread = new TreeMap<>();

    private final Map<String, Boolean> kinds = new HashMap<>();
    private String key = "";
    private boolean pictured;
    private String pictureField = "";
    private long text;
    private int textLength;
    private int label = NONE;
    private long picture;
    private int pictureLength;

    TarIndex(Path path) {
        this.path = path;
    }

    /**
     * Reads the headers of a tar, the classes, and nothing else.
     *
     * @param image the field of pictures, where a person says which; else what is called like a picture
     */
    static TarIndex of(Path tar, String image) throws IOException {
        TarIndex index = new TarIndex(tar);
        try (TarMembers members = new TarMembers(tar)) {
            while (members.next()) {
                index.member(members, image);
            }
            if (!members.hasEnded()) {
                index.unread.merge(
                        "whatever lay behind a missing end mark: an archive may be cut short", 1, Integer::sum);
            }
        }
        index.endSample();
        return index.trimmed();
    }

    private void member(TarMembers member, String image) throws IOException {
        String name = member.name().startsWith("./") ? member.name().substring(2) : member.name();
        int slash = name.lastIndexOf('/');
        int dot = name.indexOf('.', slash + 1);
        if (dot == slash + 1 || hidden(name)) {
            return; // hidden: attributes of macOS and the like
        }
        String sample = dot < 0 ? name : name.substring(0, dot);
        String field = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (!sample.equals(key)) {
            endSample();
            key = sample;
        }
        if (member.isLink()) {
            unread.merge("links", 1, Integer::sum);
        } else if (image.isEmpty() ? pictured(field) : field.equals(image)) {
            picture(member, field);
        } else if (field.equals("cls") || field.equals("cls.txt")) {
            label = label(member);
        } else if (field.equals("txt") || field.equals("caption") || (field.equals("json") && textLength == 0)) {
            text = member.offset();
            textLength = (int) Math.min(member.length(), 1 << 20) * (field.equals("json") ? -1 : 1);
        } else if (!field.equals("json")) {
            unread.merge(field.isEmpty() ? "without ending" : "." + field, 1, Integer::sum);
        }
    }

    /** Whether a field is called like a picture; there are few fields and a million files. */
    private boolean pictured(String field) {
        return kinds.computeIfAbsent(field, ending -> Folders.isPicture("." + ending));
    }

    private static boolean hidden(String name) {
        return name.startsWith(".") || name.contains("/.") || name.startsWith("__MACOSX/");
    }

    private void picture(TarMembers member, String field) {
        if (pictured) {
            throw new InputException(Words.of(
                    "%s: the sample %s has two pictures, %s and %s; say which (data.columns.image=%s).",
                    path, key, pictureField, field, pictureField));
        }
        if (member.length() > Origin.MOST_BYTES) {
            throw new InputException(Words.of(
                    "%s: %s has %d MB; no single picture is that large.", path, member.name(), member.length() >> 20));
        }
        pictured = true;
        pictureField = field;
        picture = member.offset();
        pictureLength = (int) member.length();
    }

    private int label(TarMembers member) throws IOException {
        byte[] content = member.content();
        int number = number(content);
        if (number < 0) {
            String said = new String(content, StandardCharsets.UTF_8).strip();
            throw new InputException(Words.of(
                    "%s: %s holds \"%s\"; the number of a class was expected.",
                    path, member.name(), said.length() > 40 ? said.substring(0, 40) + "…" : said));
        }
        return number;
    }

    /** Up to six digits with white space around them; −1 for anything else. */
    private static int number(byte[] text) {
        int from = 0;
        int to = text.length;
        while (from < to && text[from] >= 0 && text[from] <= ' ') {
            from++;
        }
        while (to > from && text[to - 1] >= 0 && text[to - 1] <= ' ') {
            to--;
        }
        int number = to == from || to - from > 6 ? -1 : 0;
        for (int i = from; i < to && number >= 0; i++) {
            number = text[i] >= '0' && text[i] <= '9' ? number * 10 + text[i] - '0' : -1;
        }
        return number;
    }

    private void endSample() {
        if (pictured) {
            grow();
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            int start = count == 0 ? 0 : nameEnds[count - 1];
            if (start + name.length > names.length) {
                names = Arrays.copyOf(names, Math.max(names.length * 2, start + name.length));
            }
            System.arraycopy(name, 0, names, start, name.length);
            nameEnds[count] = start + name.length;
            pictures[count] = picture;
            pictureLengths[count] = pictureLength;
            texts[count] = text;
            textLengths[count] = textLength;
            classes[count] = label;
            count++;
        } else if (label != NONE || textLength > 0) {
            throw new InputException(Words.of(
                    "%s: the sample %s has a class or a text but no picture beside it; files of one sample must be neighbours in the archive.",
                    path, key));
        }
        pictured = false;
        label = NONE;
        textLength = 0;
    }

    private void grow() {
        if (count == pictures.length) {
            resize(count * 2);
        }
    }

    private TarIndex trimmed() {
        resize(count);
        names = Arrays.copyOf(names, count == 0 ? 0 : nameEnds[count - 1]);
        return this;
    }

    void resize(int length) {
        nameEnds = Arrays.copyOf(nameEnds, length);
        pictures = Arrays.copyOf(pictures, length);
        pictureLengths = Arrays.copyOf(pictureLengths, length);
        texts = Arrays.copyOf(texts, length);
        textLengths = Arrays.copyOf(textLengths, length);
        classes = Arrays.copyOf(classes, length);
    }

    Path path() {
        return path;
    }

    /** Whether a sample lies in a folder. */
    boolean isNested() {
        for (byte letter : names) {
            if (letter == '/') {
                return true;
            }
        }
        return false;
    }

    /** The name of a sample, with folders. */
    String name(int index) {
        int start = index == 0 ? 0 : nameEnds[index - 1];
        return new String(names, start, nameEnds[index] - start, StandardCharsets.UTF_8);
    }
}
