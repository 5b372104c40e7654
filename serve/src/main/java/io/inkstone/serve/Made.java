package io.inkstone.serve;

import io.inkstone.array.NdArray;
import io.inkstone.image.PictureBytes;
import io.inkstone.image.Pixels;
import io.inkstone.models.PictureForm;
import io.inkstone.studio.Drawn;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Pictures that are done.
 *
 * @param count how many
 * @param picture each of them
 * @param png the bytes of its file, with its recipe where there is one
 */
record Made(int count, IntFunction<Pixels> picture, IntFunction<byte[]> png) {
    static Made of(Drawn drawn) {
        return new Made(drawn.count(), drawn::picture, once(drawn.count(), drawn::png));
    }

    /** The shelf and the answer want the same bytes: they are encoded for the first who asks. */
    private static IntFunction<byte[]> once(int count, IntFunction<byte[]> encoding) {
        byte[][] kept = new byte[count][];
        return index -> {
            synchronized (kept) {
                if (kept[index] == null) {
                    kept[index] = encoding.apply(index);
                }
                return kept[index];
            }
        };
    }

    /** Pictures that came out of other pictures: no recipe can draw them again alone. */
    static Made of(PictureForm form, NdArray array, String wish) {
        List<Pixels> pictures = form.pixels(array);
        Map<String, String> text = Map.of("Software", "Inkstone", "inkstone.edit", wish);
        return new Made(
                pictures.size(),
                pictures::get,
                once(pictures.size(), index -> PictureBytes.png(pictures.get(index), text)));
    }
}
