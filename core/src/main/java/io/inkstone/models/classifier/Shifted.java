package io.inkstone.models.classifier;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Draws;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Pictures moved by a few pixels, each by its own; the pixels of the edge fill what comes into sight. */
final class Shifted {
    private Shifted() {}

    /** @param most pixels in each of the four directions; 0 leaves the pictures as they are */
    static Tensor of(Tensor pictures, int most, Draws draws) {
        if (most == 0) {
            return pictures;
        }
        int count = (int) pictures.size(0);
        int[] moves = draws.integers(2 * count, -most, most);
        return Scope.yielding(() -> {
            long channels = pictures.size(1);
            int height = (int) pictures.size(2);
            int width = (int) pictures.size(3);
            Tensor rows = Tensors.of(places(moves, 0, count, height), count, 1, height, 1);
            Tensor columns = Tensors.of(places(moves, count, count, width), count, 1, 1, width);
            return pictures.gather(2, on(pictures, rows).expand(count, channels, height, width))
                    .gather(3, on(pictures, columns).expand(count, channels, height, width));
        });
    }

    private static Tensor on(Tensor pictures, Tensor indices) {
        return indices.to(pictures.device(), ScalarType.Long);
    }

    /** For each picture, where each line of the result comes from. */
    private static long[] places(int[] moves, int first, int count, int side) {
        long[] places = new long[count * side];
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.min(Math.max(i % side + moves[first + i / side], 0), side - 1);
        }
        return places;
    }
}
