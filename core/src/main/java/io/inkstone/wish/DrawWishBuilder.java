package io.inkstone.wish;

import io.inkstone.image.Size;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A {@link DrawWish} part by part; what is not said stays the model's own choice. */
public final class DrawWishBuilder {
    private OptionalInt count = OptionalInt.empty();
    private OptionalLong seed = OptionalLong.empty();
    private Asked asked = Asked.NOTHING;
    private Optional<Size> size = Optional.empty();
    private SamplingWish sampling = SamplingWish.NOTHING;
    private Start start = Start.NOTHING;
    private Means means = Means.NOTHING;
    private Optional<Source> source = Optional.empty();

    DrawWishBuilder() {}

    DrawWishBuilder(DrawWish wish) {
        count = wish.count();
        seed = wish.seed();
        asked = wish.asked();
        size = wish.size();
        sampling = wish.sampling();
        start = wish.start();
        means = wish.means();
        source = wish.source();
    }

    public DrawWishBuilder count(int pictures) {
        return count(OptionalInt.of(pictures));
    }

    public DrawWishBuilder count(OptionalInt pictures) {
        count = pictures;
        return this;
    }

    public DrawWishBuilder seed(long first) {
        return seed(OptionalLong.of(first));
    }

    public DrawWishBuilder seed(OptionalLong first) {
        seed = first;
        return this;
    }

    public DrawWishBuilder asked(Asked what) {
        asked = what;
        return this;
    }

    /** A class a picture, or one for all: {@code 3,0,hat}. */
    public DrawWishBuilder labels(String words) {
        return asked(new Asked.Labels(words));
    }

    /** A class a picture by its name, or one for all; names are taken as they are. */
    public DrawWishBuilder labels(List<String> names) {
        return asked(Asked.labels(names));
    }

    /** A mix of classes for all: {@code hat=0.7,glasses=0.3}; or {@code none}. */
    public DrawWishBuilder context(String words) {
        return asked(Asked.context(words));
    }

    /** Words for all. */
    public DrawWishBuilder prompt(String words) {
        return asked(new Asked.Prompt(words));
    }

    /** Of the pictures, where the model draws several sizes. */
    public DrawWishBuilder size(Size pixels) {
        return size(Optional.of(pixels));
    }

    DrawWishBuilder size(Optional<Size> pixels) {
        size = pixels;
        return this;
    }

    public DrawWishBuilder sampling(SamplingWish way) {
        sampling = way;
        return this;
    }

    public DrawWishBuilder start(Start from) {
        start = from;
        return this;
    }

    public DrawWishBuilder means(Means by) {
        means = by;
        return this;
    }

    public DrawWishBuilder source(Optional<Source> weights) {
        source = weights;
        return this;
    }

    /** @throws io.inkstone.InputException for parts that contradict each other or themselves */
    public DrawWish build() {
        return new DrawWish(count, seed, asked, size, sampling, start, means, source);
    }
}
