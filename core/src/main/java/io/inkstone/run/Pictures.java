package io.inkstone.run;

import io.inkstone.array.NdArray;
import io.inkstone.image.PictureShape;
import io.inkstone.image.Pixels;
import io.inkstone.models.PictureForm;
import java.util.List;

/** Model output as pictures to look at. */
public final class Pictures {
    private Pictures() {}

    /** @param array float32 [N, C, H, W] in the range of {@code form} */
    public static List<Pixels> of(NdArray array, PictureForm form) {
        return form.range().toPictures(array.toFloats(), PictureShape.of(array.shape()));
    }
}
