package io.inkstone.image;

import java.awt.image.BufferedImage;
import java.util.Map;

/** Pictures without a file. */
public final class PictureBytes {
    private PictureBytes() {}

    /** The bytes of a PNG file, 8-bit grey or RGB, with text entries such as its recipe. */
    public static byte[] png(Pixels picture, Map<String, String> text) {
        return PngText.with(PictureEncoder.png(picture), text);
    }

    /** A view of the same bytes, grey or RGB. */
    public static BufferedImage image(Pixels picture) {
        return PictureEncoder.image(picture);
    }
}
