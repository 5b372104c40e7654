package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of picture files that are told apart: by their first bytes, whatever a file's name says. Those that are not
 * read are known as well, so that a message can name them.
 */
public enum PictureKind {
    JPEG("JPEG", true, "jpg", "jpeg", "jfif", "jpe"),
    PNG("PNG", true, "png", "apng"),
    GIF("GIF", true, "gif"),
    BMP("BMP", true, "bmp", "dib"),
    WEBP("WebP", true, "webp"),
    TIFF("TIFF", true, "tif", "tiff"),
    AVIF("AVIF", false, "avif"),
    HEIF("HEIC", false, "heic", "heif"),
    JPEG_XL("JPEG XL", false, "jxl"),
    JPEG_2000("JPEG 2000", false, "jp2", "j2k", "jpx"),
    PHOTOSHOP("Photoshop", false, "psd"),
    ICON("icon", false, "ico"),
    SVG("SVG", false, "svg"),
    TARGA("Targa", false, "tga"),
    OPEN_EXR("OpenEXR", false, "exr"),
    NETPBM("Netpbm", false, "ppm", "pgm", "pbm", "pnm"),
    RAW("camera raw", false, "dng", "cr2", "nef", "arw");

    private final String word;
    private final boolean read;
    private final List<String> endings;

    PictureKind(String word, boolean read, String... endings) {
        this.word = word;
        this.read = read;
        this.endings = List.of(endings);
    }

    /** As people call it, such as {@code WebP}. */
    public String word() {
        return word;
    }

    /** Whether {@link PictureFile} decodes it. */
    public boolean isRead() {
        return read;
    }

    /** By the ending of a file's name, lower case and without the dot; empty for one that no picture has. */
    public static Optional<PictureKind> ofEnding(String ending) {
        String lower = ending.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.endings.contains(lower))
                .findFirst();
    }

    /** By the first bytes of a file; empty for bytes of no kind that is known. */
    public static Optional<PictureKind> of(byte[] bytes) {
        return Arrays.stream(values()).filter(kind -> kind.begins(bytes)).findFirst();
    }

    private boolean begins(byte[] bytes) {
        return switch (this) {
            case JPEG -> JpegHeader.isJpeg(bytes);
            case PNG -> PngChunks.isPng(bytes);
            case GIF -> at(bytes, 0, "GIF8");
            case BMP -> at(bytes, 0, "BM");
            case WEBP -> at(bytes, 0, "RIFF") && at(bytes, 8, "WEBP");
            case TIFF ->
                at(bytes, 0, "II*\0") || at(bytes, 0, "MM\0*") || at(bytes, 0, "II+\0") || at(bytes, 0, "MM\0+");
            case AVIF -> at(bytes, 4, "ftypavif") || at(bytes, 4, "ftypavis");
            case HEIF -> at(bytes, 4, "ftyphei") || at(bytes, 4, "ftyphev") || at(bytes, 4, "ftypmif1");
            case JPEG_XL -> at(bytes, 0, "\u00ff\n") || at(bytes, 4, "JXL ");
            case JPEG_2000 -> at(bytes, 4, "jP  ") || at(bytes, 0, "\u00ff\u004f\u00ff\u0051");
            case PHOTOSHOP -> at(bytes, 0, "8BPS");
            case ICON -> at(bytes, 0, "\0\0\1\0");
            case SVG -> at(bytes, 0, "<svg") || at(bytes, 0, "<?xml");
            case OPEN_EXR -> at(bytes, 0, "\u0076\u002f\u0031\u0001");
            case NETPBM -> bytes.length > 2 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6' && bytes[2] <= ' ';
            case TARGA, RAW -> false; // they have no mark of their own
        };
    }

    /** What to say of a file that holds none of the kinds that are read. */
    static InputException refusal(byte[] bytes) {
        Optional<PictureKind> kind = of(bytes);
        if (kind.isPresent()) {
            return new InputException(Words.of(
                    "it is %s %s picture, which is not read here. Convert it to PNG, or remove it.",
                    kind.get().word.matches("[AEIOaeio].*|SVG.*") ? "an" : "a", kind.get().word));
        }
        return new InputException(Words.of(
                "a JPEG, PNG, GIF, BMP, WebP or TIFF picture was expected, but %s. Convert or remove the file.",
                bytes.length == 0 ? "the file is empty" : "the first bytes are of no known kind"));
    }

    private static boolean at(byte[] bytes, int offset, String mark) {
        byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= offset + wanted.length
                && Arrays.equals(bytes, offset, offset + wanted.length, wanted, 0, wanted.length);
    }
}
