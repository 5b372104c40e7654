package io.inkstone.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** How a picture was held, as the cameras' notes (Exif) in its file say; whatever is not understood is upright. */
final class Exif {
    /** What ImageMagick and others call the block where a PNG carries it as text: hexadecimal, after its name and length. */
    private static final List<String> TEXTS = List.of("Raw profile type exif", "Raw profile type APP1");

    private static final byte[] PREAMBLE = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private Exif() {}

    /** From a block that is a TIFF header and its directories, or a whole TIFF file; the preamble of JPEG may precede it. */
    static Orientation orientation(byte[] block) {
        int start = block.length > PREAMBLE.length && Arrays.equals(block, 0, 6, PREAMBLE, 0, 6) ? PREAMBLE.length : 0;
        Metadata metadata = new Metadata();
        try {
            new ExifReader().extract(new ByteArrayReader(block, start), metadata);
        } catch (RuntimeException notUnderstood) {
            return Orientation.UPRIGHT;
        }
        for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            Integer number = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            if (number != null) {
                return Orientation.of(number);
            }
        }
        return Orientation.UPRIGHT;
    }

    /** From the chunk that PNG has for it, or the text that older programs write. */
    static Orientation ofPng(PngChunks chunks) {
        byte[] block = chunks.dataOf("eXIf");
        return block.length > 0 ? orientation(block) : ofText(chunks);
    }

    private static Orientation ofText(PngChunks chunks) {
        boolean mayBe = chunks.all().stream().filter(PngText::isText).anyMatch(chunk -> new String(
                        chunks.data(chunk), StandardCharsets.ISO_8859_1)
                .startsWith("Raw profile"));
        if (!mayBe) {
            return Orientation.UPRIGHT;
        }
        try {
            var texts = PngText.read(chunks.png(), "the picture");
            return TEXTS.stream()
                    .filter(texts::containsKey)
                    .findFirst()
                    .map(key -> orientation(profile(texts.get(key))))
                    .orElse(Orientation.UPRIGHT);
        } catch (IllegalArgumentException notUnderstood) {
            return Orientation.UPRIGHT;
        }
    }

    /** The bytes of: a line break, the profile's name, its length, then digits in lines. */
    private static byte[] profile(String text) {
        String[] lines = text.strip().split("\\s+", 3);
        return lines.length < 3 ? new byte[0] : HexFormat.of().parseHex(lines[2].replaceAll("\\s", ""));
    }
}
