package io.inkstone.measure;

import io.inkstone.data.PreparedSet;
import io.inkstone.image.Pixels;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import java.util.List;
import java.util.stream.IntStream;

/** Pictures in a fixed order that are looked at batch by batch; only one batch is in memory. */
interface Gallery {
    int count();

    /** Pictures {@code from} (inclusive) to {@code to}, 8 bits a value: what a file would hold. */
    List<Pixels> pictures(int from, int to);

    /** Some pictures of a set, in the given order. */
    static Gallery of(PreparedSet set, int[] indices) {
        return new Gallery() {
            @Override
            public int count() {
                return indices.length;
            }

            @Override
            public List<Pixels> pictures(int from, int to) {
                return IntStream.range(from, to)
                        .mapToObj(i -> set.pixels(indices[i]))
                        .toList();
            }
        };
    }

    /** Pictures of the request, drawn when they are asked for. */
    static Gallery of(Generation generation, GenerationRequest request) {
        return new Gallery() {
            @Override
            public int count() {
                return request.seeds().size();
            }

            @Override
            public List<Pixels> pictures(int from, int to) {
                GenerationRequest part =
                        request.only(IntStream.range(from, to).boxed().toList());
                return generation.model().pictures().pixels(generation.pictures(part));
            }
        };
    }
}
