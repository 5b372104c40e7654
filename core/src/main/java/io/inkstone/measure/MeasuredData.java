package io.inkstone.measure;

import io.inkstone.Words;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Framing;
import io.inkstone.data.MixedSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.ReorderedClasses;
import io.inkstone.data.Split;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Real pictures that figures are measured on, all of one size.
 *
 * @param source everything that was opened
 * @param training pictures that models learned from
 * @param measured the part that is compared with
 * @param split which part that is
 */
public record MeasuredData(DataSet source, TrainingPart training, PreparedSet measured, Split split)
        implements AutoCloseable {
    /** @param flipped whether models learned from mirrored pictures of {@code train} too */
    MeasuredData(DataSet source, PreparedSet train, PreparedSet measured, Split split, boolean flipped) {
        this(source, TrainingPart.beside(train, flipped), measured, split);
    }

    /** The data of a run; without a wish the held-out part, else all. */
    static MeasuredData of(Recipe recipe, Optional<Split> wish) {
        return of(recipe.data().open(), recipe.data(), wish);
    }

    /** Takes over {@code opened}: closes it where the recipe's preparation does not fit it. */
    static MeasuredData of(DataSet opened, DataConfig said, Optional<Split> wish) {
        return closingIfFailed(
                opened,
                () -> of(
                        opened.holdingOut(said.heldOut()),
                        preparation(said.transform().on(opened.info()), said.skipDamaged()),
                        said.flip(),
                        wish));
    }

    /**
     * Other data than that of the run, prepared in the same way; without a wish all of it.
     *
     * @param training of the run's own data
     */
    static MeasuredData of(Recipe recipe, String other, Optional<Split> wish, TrainingPart training) {
        DataConfig own = recipe.data();
        DataSet opened = own.open(other);
        return closingIfFailed(opened, () -> {
            Split split = wish.orElse(Split.ALL);
            Preparation preparation = preparation(own.transform().on(opened.info()), own.skipDamaged());
            return new MeasuredData(opened, training, preparation.prepare(opened.split(split)), split);
        });
    }

    /** Data without a run: as large as its pictures are. */
    static MeasuredData of(String path, Optional<Split> wish) {
        DataSet opened = DataSource.open(path);
        return closingIfFailed(opened, () -> {
            Transform own = Transform.fit(opened.info(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
            return of(opened, preparation(own, false), false, wish);
        });
    }

    /** This part of other pictures, as large and as colourful as these. */
    MeasuredData like(String path, Split part) {
        Transform same = new Transform(
                OptionalInt.empty(), measured.height(), measured.width(), measured.channels(), Framing.USUAL);
        DataSet opened = DataSource.open(path);
        return closingIfFailed(opened, () -> of(opened, preparation(same, false), false, Optional.of(part)));
    }

    /**
     * The same with the pictures that are compared with in an order shuffled by {@code seed}: sets may be sorted by
     * class, and whoever takes only the first of them wants all classes.
     */
    MeasuredData mixed(long seed) {
        return new MeasuredData(source, training, new MixedSet(measured, seed), split);
    }

    /** The same with the classes of the pictures that are compared with in another order. */
    public MeasuredData inOrder(ClassOrder order) {
        return new MeasuredData(source, training, ReorderedClasses.of(measured, order), split);
    }

    private static MeasuredData closingIfFailed(DataSet opened, Supplier<MeasuredData> making) {
        try {
            return making.get();
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private static Preparation preparation(Transform transform, boolean skipDamaged) {
        Preparation stopping = Preparation.of(transform);
        return skipDamaged ? stopping.skippingDamaged() : stopping;
    }

    private static MeasuredData of(DataSet set, Preparation preparation, boolean flipped, Optional<Split> wish) {
        Split split = wish.orElse(
                set.validation().isPresent() ? Split.VALIDATION : set.test().isPresent() ? Split.TEST : Split.TRAIN);
        PreparedSet train = preparation.prepare(set.train());
        PreparedSet measured = split == Split.TRAIN ? train : preparation.prepare(set.split(split));
        return new MeasuredData(set, train, measured, split, flipped);
    }

    public DataInfo info() {
        return measured.info();
    }

    /** Pictures that models learned from; only where there are some. */
    PreparedSet train() {
        return training.set().orElseThrow();
    }

    boolean flipped() {
        return training.flipped();
    }

    /** What a person should know of them, a sentence each. */
    List<String> notes() {
        List<String> all = new ArrayList<>(info().notes());
        all.addAll(measured.notes());
        return all;
    }

    /** Whether the pictures that are compared with were kept from training, as far as can be known. */
    boolean heldOut() {
        return training.elsewhere() || split == Split.VALIDATION || split == Split.TEST;
    }

    /** Why the pictures that are compared with were trained on, and what to do about it; only where they were. */
    String whyNotHeldOut() {
        return source.heldOut().isPresent()
                ? Words.of("The split %s compares with pictures that models learn from: leave split out", split.word())
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
        training.close();
    }
}
