package io.inkstone.data.source;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;

/**
 * How a set is looked at.
 *
 * @param crop the side of the crop that a recipe makes, if any; none is made of pictures that are cropped already
 * @param options what a person says about the data
 * @param ids how many ids a caption has, where there is a tokenizer
 * @param progress told the pictures decoded so far in a part, from any thread
 */
public record InspectionWish(
        OptionalInt crop, DataOptions options, Optional<ToIntFunction<String>> ids, IntConsumer progress) {
    /** Looks at the data as it is. */
    public static final InspectionWish PLAIN =
            new InspectionWish(OptionalInt.empty(), DataOptions.FOUND, Optional.empty(), done -> {});

    public InspectionWish withCrop(OptionalInt side) {
        return new InspectionWish(side, options, ids, progress);
    }

    public InspectionWish withOptions(DataOptions said) {
        return new InspectionWish(crop, said, ids, progress);
    }

    public InspectionWish withIds(ToIntFunction<String> count) {
        return new InspectionWish(crop, options, Optional.of(count), progress);
    }

    public InspectionWish withProgress(IntConsumer told) {
        return new InspectionWish(crop, options, ids, told);
    }
}
