package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Text entries inside PNG files: keyword to text, in the order of the file. Written as {@code tEXt} where the text is
 * Latin-1, else as {@code iTXt} (UTF-8); the compressed kinds are read too. PNG specification, section 11.3.3.
 */
public final class PngText {
    /** The longest text of one entry, in bytes; also bounds what a compressed entry may unfold to. */
    public static final int MOST_BYTES = 16 << 20;

    private static final int MOST_ENTRIES = 1000;
    private static final int LONGEST_KEYWORD = 79;

    private PngText() {}

    /** The entries of a file; empty if there are none. */
    public static Map<String, String> read(Path file) {
        return read(PictureFile.bytes(file), file.toString());
    }

    /** The entries of an encoded picture; {@code name} stands in error messages. */
    public static Map<String, String> read(byte[] png, String name) {
        try {
            Map<String, String> entries = new LinkedHashMap<>();
            PngChunks chunks = PngChunks.of(png);
            int seen = 0;
            long characters = 0;
            for (PngChunks.Chunk chunk : chunks.all()) {
                if (isText(chunk)) {
                    checkBounds(chunk, seen++);
                    Entry entry = new Entry(chunk.type(), chunks.data(chunk));
                    if (!entries.containsKey(entry.keyword())) { // what is not kept is not unfolded
                        String text = entry.text();
                        characters += text.length();
                        checkTotal(characters);
                        entries.put(entry.keyword(), text);
                    }
                }
            }
            return Collections.unmodifiableMap(entries);
        } catch (InputException e) {
            throw new InputException(Words.of("%s: %s", name, e.getMessage()), e);
        }
    }

    /** Entries may each be within bounds and still fill the memory together. */
    private static void checkTotal(long characters) {
        if (characters > MOST_BYTES) {
            throw new InputException(Words.of(
                    "the text entries of the PNG file unfold to more than %d characters together; that is no recipe.",
                    MOST_BYTES));
        }
    }

    /** The picture with these entries; earlier entries of the same keywords are replaced, others stay. */
    public static byte[] with(byte[] png, Map<String, String> text) {
        if (text.isEmpty()) {
            return png;
        }
        PngChunks chunks = PngChunks.of(png);
        ByteArrayOutputStream out = new ByteArrayOutputStream(png.length + 4096);
        out.write(png, 0, PngChunks.SIGNATURE_LENGTH);
        for (PngChunks.Chunk chunk : chunks.all()) {
            boolean replaced = isText(chunk) && text.containsKey(new Entry(chunk.type(), chunks.data(chunk)).keyword());
            if (!replaced) {
                out.write(png, chunk.start(), chunk.end() - chunk.start());
            }
            if (chunk.type().equals("IHDR")) {
                text.forEach((keyword, value) -> out.writeBytes(encode(keyword, value)));
            }
        }
        return out.toByteArray();
    }

    static boolean isText(PngChunks.Chunk chunk) {
        return switch (chunk.type()) {
            case "tEXt", "zTXt", "iTXt" -> true;
            default -> false;
        };
    }

    private static void checkBounds(PngChunks.Chunk chunk, int entries) {
        if (chunk.length() > MOST_BYTES || entries >= MOST_ENTRIES) {
            throw new InputException(Words.of(
                    "the PNG file carries more than %d text entries, or one of more than %d bytes; that is no recipe.",
                    MOST_ENTRIES, MOST_BYTES));
        }
    }

    private static byte[] encode(String keyword, String text) {
        checkKeyword(keyword);
        if (text.indexOf('\0') >= 0) {
            throw new InputException(
                    Words.of("A text inside a PNG holds no NUL characters, but that of '%s' does.", keyword));
        }
        boolean latin = text.chars().allMatch(c -> c == '\n' || c >= 32 && c <= 126 || c >= 161 && c <= 255);
        byte[] value = text.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        if (value.length > MOST_BYTES - 100) {
            throw new InputException(Words.of(
                    "A text inside a PNG has at most %d bytes, that of '%s' has %d.",
                    MOST_BYTES - 100, keyword, value.length));
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        // After the keyword's end, iTXt has: compressed no, method 0, no language, no translated keyword.
        data.writeBytes(new byte[latin ? 1 : 5]);
        data.writeBytes(value);
        return PngChunks.encode(latin ? "tEXt" : "iTXt", data.toByteArray());
    }

    private static void checkKeyword(String keyword) {
        boolean right = !keyword.isEmpty()
                && keyword.length() <= LONGEST_KEYWORD
                && keyword.equals(keyword.strip())
                && keyword.chars().allMatch(c -> c >= 32 && c <= 126);
        if (!right) {
            throw new InputException(Words.of(
                    "A keyword of a PNG text has 1 to %d ASCII characters and no space at its ends, got '%s'.",
                    LONGEST_KEYWORD, keyword));
        }
    }

    /** A chunk's data taken apart. */
    private record Entry(String type, byte[] data) {
        String keyword() {
            return new String(data, 0, end(0), StandardCharsets.ISO_8859_1);
        }

        String text() {
            int at = end(0) + 1;
            return switch (type) {
                case "tEXt" -> new String(data, at, data.length - at, StandardCharsets.ISO_8859_1);
                case "zTXt" -> new String(inflated(at + 1), StandardCharsets.ISO_8859_1);
                default -> international(at);
            };
        }

        private String international(int at) {
            boolean compressed = at < data.length && data[at] == 1;
            int text = end(end(at + 2) + 1) + 1;
            byte[] utf8 = compressed ? inflated(text) : Arrays.copyOfRange(data, text, data.length);
            return new String(utf8, StandardCharsets.UTF_8);
        }

        /** The position of the next NUL. */
        private int end(int from) {
            for (int i = from; i < data.length; i++) {
                if (data[i] == 0) {
                    return i;
                }
            }
            throw new InputException(
                    "the PNG file is damaged: a text entry has no end of its keyword. Replace or remove it.");
        }

        private byte[] inflated(int from) {
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(data, Math.min(from, data.length), Math.max(0, data.length - from));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                byte[] block = new byte[8192];
                int count;
                while ((count = inflater.inflate(block)) > 0) {
                    out.write(block, 0, count);
                    if (out.size() > MOST_BYTES) {
                        throw new InputException(Words.of(
                                "a text entry of the PNG file unfolds to more than %d bytes; that is no recipe.",
                                MOST_BYTES));
                    }
                }
                return out.toByteArray();
            } catch (DataFormatException e) {
                throw new InputException("the PNG file is damaged: a compressed text entry cannot be unfolded.", e);
            } finally {
                inflater.end();
            }
        }
    }
}
