package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes picture files. Thread-safe.
 *
 * <p>Reading knows JPEG, PNG, GIF, BMP, WebP and TIFF by their first bytes, whatever the name says; of several pictures in a
 * file the first is read, at its place on the canvas. Every kind becomes 8-bit RGB: palettes are looked up, grey is
 * repeated, transparency is laid over white or another {@link Background}, 16 bits are rounded to 8, CMYK is converted, and
 * the orientation that a camera noted is applied. Values are taken as sRGB; colour profiles are not
 * applied, as in the published data preparations. The size is checked before memory for the pixels is taken.
 */
public final class PictureFile {
    /** The largest file that is read, in bytes. */
    public static final long MOST_BYTES = 512L << 20;

    private PictureFile() {}

    /** Reads a file into three channels. */
    public static Pixels read(Path file) {
        return read(bytes(file), file.toString());
    }

    /** Reads a file into 1 or 3 channels. */
    public static Pixels read(Path file, int channels) {
        return read(file).withChannels(channels);
    }

    /** Decodes an encoded picture into three channels, over white; {@code name} stands in error messages. */
    public static Pixels read(byte[] encoded, String name) {
        return read(encoded, name, Background.WHITE);
    }

    /** Decodes an encoded picture into three channels, what is transparent over a colour. */
    public static Pixels read(byte[] encoded, String name, Background background) {
        try {
            return decode(encoded, background);
        } catch (InputException e) {
            throw new InputException(Words.of("%s: %s", name, e.getMessage()), e);
        } catch (IOException | RuntimeException e) {
            // Decoders throw all kinds of exceptions at damaged files.
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new InputException(
                    Words.of("%s: the picture cannot be decoded (%s). Replace or remove the file.", name, reason), e);
        }
    }

    private static Pixels decode(byte[] encoded, Background background) throws IOException {
        Optional<PictureKind> kind = PictureKind.of(encoded).filter(PictureKind::isRead);
        if (kind.isEmpty()) {
            throw PictureKind.refusal(encoded);
        }
        return switch (kind.get()) {
            case PNG -> png(encoded, background);
            case JPEG -> JpegDecoder.decode(encoded);
            case GIF -> GifDecoder.decode(encoded, background);
            case BMP -> PlainDecoder.decode(JdkCodecs.BMP_READER, encoded, background);
            case WEBP -> WebpDecoder.decode(encoded, background);
            case TIFF -> TiffDecoder.decode(encoded, background);
            default -> throw PictureKind.refusal(encoded);
        };
    }

    /** Whether the file's header says that it has no colour: then it need not be decoded to know. */
    public static boolean isStoredGrey(byte[] encoded) {
        try {
            int pngColourType = 25;
            return PngChunks.isPng(encoded)
                    ? encoded.length > pngColourType && (encoded[pngColourType] & 3) == 0
                    : JpegHeader.isJpeg(encoded) && JpegHeader.of(encoded).components() == 1;
        } catch (IOException | RuntimeException damaged) {
            return false;
        }
    }

    private static Pixels png(byte[] encoded, Background background) throws IOException {
        PngChunks chunks = PngChunks.of(encoded);
        Pixels stored = PlainDecoder.decode(JdkCodecs.PNG_READER, encoded, background);
        return Exif.ofPng(chunks).apply(stored);
    }

    /** Writes a picture; the extension, .png, .jpg or .jpeg, chooses the kind. Replaces the file in one move. */
    public static void write(Path file, Pixels picture) {
        write(file, picture, Map.of());
    }

    /**
     * Writes a picture with text entries, such as its recipe. Only PNG carries text; a JPEG is written without. Folders
     * that are missing are made; the file appears complete or not at all.
     */
    public static void write(Path file, Pixels picture, Map<String, String> text) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        byte[] encoded;
        if (name.endsWith(".png")) {
            encoded = PngText.with(PictureEncoder.png(picture), text);
        } else if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            encoded = PictureEncoder.jpeg(picture);
        } else {
            throw new InputException(
                    Words.of("%s: pictures are written as .png or .jpg; choose one of these extensions.", file));
        }
        write(file, encoded);
    }

    /** An encoded picture, whole or not at all. */
    static void write(Path file, byte[] encoded) {
        try {
            AtomicFile.write(file, out -> out.write(encoded));
        } catch (IOException failure) {
            throw new InputException(
                    failure.getMessage() + ". Check the folder, its permissions and the free space.", failure);
        }
    }

    /** The bytes of a file of bounded size; says in a sentence why they cannot be had. */
    static byte[] bytes(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new InputException(Words.of("%s is a folder; a picture file was expected.", file));
            }
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new InputException(
                        Words.of("%s has %d bytes; picture files may have %d at most.", file, size, MOST_BYTES));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new InputException(Words.of("%s does not exist; give the path of a picture file.", file), e);
        } catch (IOException e) {
            throw new InputException(
                    Words.of("%s cannot be read: %s. Check the file and its permissions.", file, e), e);
        }
    }
}
