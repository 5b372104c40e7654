package io.inkstone.measure;

import io.inkstone.Words;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.MixedSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.ReorderedClasses;
import io.inkstone.data.Split;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipe;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Real pictures that figures are measured on, all of one size.
 *
 * @param source everything that was opened
 * @param train pictures that models learned from
 * @param measured the part that is compared with
 * @param split which part that is
 * @param flipped whether the models learned from mirrored pictures too
 */
public record MeasuredData(DataSet source, PreparedSet train, PreparedSet measured, Split split, boolean flipped)
        implements AutoCloseable {
    /** The data of a run, or {@code other} prepared in the same way; without a wish the held-out part, else all. */
    static MeasuredData of(Recipe recipe, Optional<String> other, Optional<Split> wish) {
        return of(DataSource.open(other.orElse(recipe.data().source())), recipe.data(), wish);
    }

    /** Takes over {@code opened}: closes it where the recipe's preparation does not fit it. */
    static MeasuredData of(DataSet opened, DataConfig said, Optional<Split> wish) {
        return closingIfFailed(
                opened,
                () -> of(
                        opened.holdingOut(said.holdOut()),
                        said.transform().on(opened.info()),
                        said.skipDamaged(),
                        said.flip(),
                        wish));
    }

    /** Data without a run: as large as its pictures are. */
    static MeasuredData of(String path, Optional<Split> wish) {
        DataSet opened = DataSource.open(path);
        return closingIfFailed(opened, () -> {
            Transform own = Transform.fit(opened.info(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
            return of(opened, own, false, false, wish);
        });
    }

    /** This part of other pictures, as large and as colourful as these. */
    MeasuredData like(String path, Split part) {
        Transform same = new Transform(OptionalInt.empty(), measured.width(), measured.channels());
        DataSet opened = DataSource.open(path);
        return closingIfFailed(opened, () -> of(opened, same, false, false, Optional.of(part)));
    }

    /**
     * The same with the pictures that are compared with in an order shuffled by {@code seed}: sets may be sorted by
     * class, and whoever takes only the first of them wants all classes.
     */
    MeasuredData mixed(long seed) {
        return new MeasuredData(source, train, new MixedSet(measured, seed), split, flipped);
    }

    /** The same with the classes of the pictures that are compared with in another order. */
    public MeasuredData inOrder(ClassOrder order) {
        return new MeasuredData(source, train, ReorderedClasses.of(measured, order), split, flipped);
    }

    private static MeasuredData closingIfFailed(DataSet opened, Supplier<MeasuredData> making) {
        try {
            return making.get();
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private static MeasuredData of(
            DataSet set, Transform transform, boolean skipDamaged, boolean flipped, Optional<Split> wish) {
        Split split = wish.orElse(
                set.validation().isPresent() ? Split.VALIDATION : set.test().isPresent() ? Split.TEST : Split.TRAIN);
        Preparation stopping = Preparation.of(transform);
        Preparation preparation = skipDamaged ? stopping.skippingDamaged() : stopping;
        PreparedSet train = preparation.prepare(set.train());
        PreparedSet measured = split == Split.TRAIN ? train : preparation.prepare(set.split(split));
        return new MeasuredData(set, train, measured, split, flipped);
    }

    public DataInfo info() {
        return measured.info();
    }

    /** Whether the pictures that are compared with were kept from training. */
    boolean heldOut() {
        return split == Split.VALIDATION || split == Split.TEST;
    }

    /** Why the pictures that are compared with were trained on, and what to do about it; only where they were. */
    String whyNotHeldOut() {
        return source.heldOut().isPresent()
                ? Words.of("--split %s compares with pictures that models learn from: leave --split out", split.word())
                : Words.of(
                        "%s holds out no pictures: train with data.holdOut, or give data with a test part",
                        info().name());
    }

    /** {@code fashion-mnist, test part}. */
    String words() {
        return Words.of("%s, %s", info().name(), split == Split.ALL ? "all parts" : split.word() + " part");
    }

    @Override
    public void close() {
        source.close();
    }
}
