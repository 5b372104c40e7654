package io.inkstone.serve;

import io.inkstone.array.NdArray;
import io.inkstone.wish.Workbench;
import java.util.function.Supplier;

/**
 * What becomes of pictures that came with a request.
 *
 * @param sent asked for again where it is needed: what waits long does not lie in memory meanwhile
 * @param isEdit else variations of the first one
 */
record PictureChange(Supplier<Uploads> sent, boolean isEdit) {
    /** The pictures [N, C, H, W] of a request in full. */
    NdArray of(Workbench bench, ImageRequest request) {
        return isEdit ? sent.get().edited(bench, request) : sent.get().varied(bench, request);
    }

    /** Of each picture. */
    int steps(Workbench bench, ImageRequest request) {
        return sent.get().steps(bench, request, isEdit);
    }
}
