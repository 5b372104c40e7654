package io.inkstone.run;

import io.inkstone.condition.Condition;
import io.inkstone.data.MixedSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.PreparedSet;
import io.inkstone.image.Pixels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures to look at, always the same ones.
 *
 * @param pictures in the size that the model sees
 * @param conditions what each is known to show
 * @param captions empty words where there are none
 */
public record Examples(List<Pixels> pictures, List<Condition> conditions, List<String> captions) {
    /** The address of the order whose first pictures are looked at. */
    private static final long ORDER = 0x6C6F6F6B;

    /** The first of {@code set} in an order that mixes its classes. */
    static Examples first(int count, PreparedSet set) {
        return of(new MixedSet(set, ORDER), IntStream.range(0, Math.min(count, set.count())));
    }

    static Examples of(PictureSet set, IntStream indices) {
        List<Integer> chosen = indices.boxed().toList();
        return new Examples(
                chosen.stream().map(set::pixels).toList(),
                chosen.stream().map(index -> set.entry(index).condition()).toList(),
                chosen.stream().map(index -> set.entry(index).caption()).toList());
    }
}
