package io.inkstone.data;

import io.inkstone.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A set and, where its source says so, the pictures held out from training: IDX has a test part, CelebA a partition file.
 *
 * @param train pictures to learn from
 * @param validation pictures to watch while training
 * @param test pictures to measure with at the end
 */
public record DataSet(PictureSet train, Optional<PictureSet> validation, Optional<PictureSet> test)
        implements AutoCloseable {
    /** The address of the order whose first pictures are held out. */
    private static final long HOLD_OUT = 0x686F6C64;

    /** A set without held-out pictures. */
    public static DataSet of(PictureSet train) {
        return new DataSet(train, Optional.empty(), Optional.empty());
    }

    public DataInfo info() {
        return train.info();
    }

    /** The same without the texts of its pictures; a set that has none stays as it is. */
    public DataSet withoutCaptions() {
        return info().captioned()
                ? new DataSet(
                        new UncaptionedPictures(train),
                        validation.map(UncaptionedPictures::new),
                        test.map(UncaptionedPictures::new))
                : this;
    }

    /** The pictures for validation losses: the validation part, else the test part. */
    public Optional<PictureSet> heldOut() {
        return validation.or(() -> test);
    }

    /**
     * The same with a share of the training pictures as its validation part; a set that holds out some of its own stays
     * as it is. Which pictures is a function of how many there are, so every run on the same data holds out the same.
     *
     * @param share in [0, 1); 0 holds out none
     */
    public DataSet holdingOut(double share) {
        if (share == 0 || heldOut().isPresent()) {
            return this;
        }
        int count = train.count();
        int held = (int) Math.round(share * count);
        if (held < 1 || held >= count) {
            throw new InputException(
                    "A share of %s of %d pictures is %d: at least one picture must be held out and one be trained on (--set data.holdOut=0.1)."
                            .formatted(share, count, held));
        }
        int[] order = Order.shuffled(HOLD_OUT).indices(count, 0);
        return new DataSet(
                part(Arrays.copyOfRange(order, held, count)), Optional.of(part(Arrays.copyOf(order, held))), test);
    }

    private PictureSet part(int[] indices) {
        Arrays.sort(indices);
        return new SelectedPictures(train, indices);
    }

    /** The part of that name; an error where the source has none. */
    public PictureSet split(Split split) {
        Optional<PictureSet> part =
                switch (split) {
                    case TRAIN -> Optional.of(train);
                    case VALIDATION -> validation;
                    case TEST -> test;
                };
        return part.orElseThrow(() -> new InputException("%s has no %s part; it has only: %s."
                .formatted(info().name(), split.name().toLowerCase(Locale.ROOT), parts())));
    }

    private String parts() {
        return "train" + (validation.isPresent() ? ", validation" : "") + (test.isPresent() ? ", test" : "");
    }

    @Override
    public void close() {
        train.close();
        validation.ifPresent(PictureSet::close);
        test.ifPresent(PictureSet::close);
    }
}
