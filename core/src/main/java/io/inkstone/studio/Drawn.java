package io.inkstone.studio;

import io.inkstone.array.NdArray;
import io.inkstone.image.PictureBytes;
import io.inkstone.image.Pixels;
import io.inkstone.models.PictureForm;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Pictures that were drawn. Nothing native is left in them: they live on when the run is closed. */
public final class Drawn {
    private final NdArray array;
    private final List<Pixels> pictures;
    private final IntFunction<Map<String, String>> texts;

    Drawn(PictureForm form, NdArray array, IntFunction<Map<String, String>> texts) {
        this.array = array;
        this.texts = texts;
        pictures = form.pixels(array);
    }

    /** How many. */
    public int count() {
        return pictures.size();
    }

    /** The values [N, C, H, W] as they were drawn, in the model's range, unclamped. */
    public NdArray array() {
        return array;
    }

    /** Picture {@code index}, from 0, in 8 bits. */
    public Pixels picture(int index) {
        return pictures.get(index);
    }

    /** The bytes of a PNG file whose text says how to draw it again, as {@code inkstone sample --like} reads it. */
    public byte[] png(int index) {
        return PictureBytes.png(picture(index), texts.apply(index));
    }

    /** The picture for AWT and Swing. */
    public BufferedImage image(int index) {
        return PictureBytes.image(picture(index));
    }
}
