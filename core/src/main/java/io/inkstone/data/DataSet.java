package io.inkstone.data;

import io.inkstone.InputException;
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

    /** A set without held-out pictures. */
    public static DataSet of(PictureSet train) {
        return new DataSet(train, Optional.empty(), Optional.empty());
    }

    public DataInfo info() {
        return train.info();
    }

    /** The pictures for validation losses: the validation part, else the test part. */
    public Optional<PictureSet> heldOut() {
        return validation.or(() -> test);
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
