package io.inkstone.run;

import io.inkstone.array.NdArray;
import io.inkstone.image.PictureShape;
import io.inkstone.image.Pixels;
import io.inkstone.models.PictureForm;
import java.util.List;

/** Pictures to look at, from and to arrays in a model's range. */
public final class Pictures {
    private Pictures() {}

    /** @param array float32 [N, C, H, W] in the range of {@code form} */
    public static List<Pixels> of(NdArray array, PictureForm form) {
        return form.range().toPictures(array.toFloats(), PictureShape.of(array.shape()));
    }

    /** Pictures of one size as float32 [N, C, H, W] in the range of {@code form}. */
    public static NdArray array(List<Pixels> pictures, PictureForm form) {
        Pixels first = pictures.get(0);
        return NdArray.of(
                form.range().toModel(pictures), pictures.size(), first.channels(), first.height(), first.width());
    }
}
