package io.inkstone.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.Buckets;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far the shapes go that a recipe trains on.
 *
 * @param ratio the largest of the longer to the shorter side, in [1, {@value #MOST}]; 1 for one shape alone
 */
public record BucketAspect(@JsonValue double ratio) {
    /** One shape: that of {@code data.size}. */
    public static final BucketAspect NONE = new BucketAspect(1);

    private static final int MOST = 8;

    public BucketAspect {
        if (!(ratio >= 1 && ratio <= MOST)) {
            throw new InputException(
                    Words.of("data.bucketAspect must be from 1 (no buckets) to %d, got %s.", MOST, ratio));
        }
    }

    @JsonCreator
    static BucketAspect of(double ratio) {
        return new BucketAspect(ratio);
    }

    /** Whether pictures keep about their own shapes. */
    public boolean on() {
        return ratio > 1;
    }

    /**
     * The shapes of about the area of {@code size}; empty where there are no others.
     *
     * @param taken what the network takes; asked only where it matters
     */
    public Optional<Buckets> buckets(Size size, Supplier<Sizes> taken) {
        return on() ? Optional.of(Buckets.of(size, ratio, taken.get())) : Optional.empty();
    }
}
