package io.inkstone.array;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Says in a few words what a file seems to be, from its first bytes: for messages about files of the wrong kind. */
public final class FileStart {
    /** How many bytes are looked at. */
    public static final int LENGTH = 64;

    private record Magic(String bytes, String name) {}

    private static final Magic[] KNOWN = {
        new Magic("\u0093NUMPY", "a NumPy array file"),
        new Magic("PK\u0003\u0004", "a zip archive"),
        new Magic("PK\u0005\u0006", "an empty zip archive"),
        new Magic("\u0089PNG", "a PNG picture"),
        new Magic("\u00ff\u00d8\u00ff", "a JPEG picture"),
        new Magic("GIF8", "a GIF picture"),
        new Magic("BM", "a BMP picture"),
        new Magic("\u0089HDF\r\n", "an HDF5 file"),
        new Magic("\u001f\u008b", "a gzip archive"),
        new Magic("PAR1", "a Parquet file"),
        new Magic("GGUF", "a GGUF model"),
        new Magic("%PDF", "a PDF document"),
        new Magic("version https://git-lfs", "a Git LFS pointer: fetch the real file with `git lfs pull`"),
        new Magic("<!DOCTYPE", "a web page, perhaps saved in place of a download"),
        new Magic("<html", "a web page, perhaps saved in place of a download"),
    };

    private FileStart() {}

    /** For example {@code a PNG picture} or {@code text that begins with "hello"}. */
    public static String describe(byte[] start) {
        if (start.length == 0) {
            return "an empty file";
        }
        String bytes = new String(start, StandardCharsets.ISO_8859_1);
        for (Magic magic : KNOWN) {
            if (bytes.startsWith(magic.bytes)) {
                return magic.name;
            }
        }
        String text = bytes.substring(0, Math.min(24, bytes.length()));
        boolean readable =
                bytes.chars().limit(LENGTH).allMatch(c -> c >= 32 && c != 127 || c == '\n' || c == '\r' || c == '\t')
                        && bytes.chars().limit(LENGTH).noneMatch(c -> c >= 127 && c < 160);
        if (readable) {
            return "text that begins with \"" + text.replaceAll("\\s+", " ").strip() + "\"";
        }
        StringBuilder hex = new StringBuilder("a file that begins with the bytes");
        for (int i = 0; i < Math.min(8, start.length); i++) {
            hex.append(String.format(Locale.ROOT, " %02x", start[i]));
        }
        return hex.toString();
    }
}
