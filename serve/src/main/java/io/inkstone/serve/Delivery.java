package io.inkstone.serve;

import io.inkstone.image.PictureBytes;
import io.inkstone.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * How pictures are handed over.
 *
 * @param url by an address instead of in the answer itself
 * @param format of the file
 * @param quality of JPEG and WebP, in percent
 * @param partials where the answer is a stream: pictures on the way, 0 to 3
 */
record Delivery(boolean url, Format format, int quality, OptionalInt partials) {
    private static final int USUAL_QUALITY = 95;

    /** Kinds of files. */
    enum Format {
        PNG,
        JPEG,
        WEBP;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Delivery read(RequestFields fields) {
        boolean url = fields.choice("response_format", List.of("url", "b64_json"))
                .map("url"::equals)
                .orElse(false);
        Format format = fields.choice("output_format", List.of("png", "jpeg", "webp"))
                .map(word -> Format.valueOf(word.toUpperCase(java.util.Locale.ROOT)))
                .orElse(Format.PNG);
        int quality = fields.whole("output_compression", 0, 100).orElse(USUAL_QUALITY);
        boolean stream = fields.flag("stream");
        int partials = fields.whole("partial_images", 0, 3).orElse(0);
        return new Delivery(url, format, quality, stream ? OptionalInt.of(partials) : OptionalInt.empty());
    }

    boolean isStream() {
        return partials.isPresent();
    }

    /** The bytes of a file of a picture without a recipe. */
    byte[] encoded(Pixels picture) {
        return format == Format.PNG ? PictureBytes.png(picture, java.util.Map.of()) : compressed(picture);
    }

    private byte[] compressed(Pixels picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer =
                    ImageIO.getImageWritersByFormatName(format.word()).next();
            try {
                ImageWriteParam param = writer.getDefaultWriteParam();
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                if (format == Format.WEBP) {
                    param.setCompressionType("Lossy");
                }
                param.setCompressionQuality(quality / 100f);
                writer.setOutput(out);
                writer.write(null, new IIOImage(PictureBytes.image(picture.toRgb()), null, null), param);
            } finally {
                writer.dispose();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (LinkageError | NoSuchElementException noLibrary) {
            throw ApiError.invalid(
                    "output_format", "This machine has no library that writes WebP: ask for png or jpeg.");
        }
        return bytes.toByteArray();
    }
}
