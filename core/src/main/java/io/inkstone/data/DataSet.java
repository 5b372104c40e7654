package io.inkstone.data;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            throw new InputException(Words.of(
                    "A share of %s of %d pictures is %d: at least one picture must be held out and one be trained on (--set data.holdOut=0.1).",
                    share, count, held));
        }
        int[] order = Order.shuffled(HOLD_OUT).indices(count, 0);
        return new DataSet(
                part(Arrays.copyOfRange(order, held, count)), Optional.of(part(Arrays.copyOf(order, held))), test);
    }

    private PictureSet part(int[] indices) {
        Arrays.sort(indices);
        return new SelectedPictures(train, indices);
    }

    /** The part of that name, or all that there are; an error where the source has none such. */
    public PictureSet split(Split split) {
        Map<Split, PictureSet> parts = parts();
        if (split == Split.ALL) {
            return JoinedPictures.of(List.copyOf(parts.values()));
        }
        if (!parts.containsKey(split)) {
            throw new InputException(Words.of(
                    "%s has no %s part; it has only: %s.",
                    info().name(), split.word(), words(parts.keySet().stream(), Split::word)));
        }
        return parts.get(split);
    }

    /** A sentence that names what is not in the part of that name; empty where nothing is missing. */
    public Optional<String> leftOut(Split split) {
        Map<Split, PictureSet> parts = parts();
        Stream<Split> others = parts.keySet().stream().filter(part -> part != split && split != Split.ALL);
        String words = words(
                others,
                part -> Words.of(
                        "%s (%s)", part.word(), Counted.of(parts.get(part).count(), "picture")));
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(Words.of(
                        "Parts of %s that are left out: %s. --part all takes all of them.", info().name(), words));
    }

    private static String words(Stream<Split> parts, Function<Split, String> word) {
        return parts.map(word).collect(Collectors.joining(", "));
    }

    private Map<Split, PictureSet> parts() {
        Map<Split, PictureSet> parts = new EnumMap<>(Split.class);
        parts.put(Split.TRAIN, train);
        validation.ifPresent(set -> parts.put(Split.VALIDATION, set));
        test.ifPresent(set -> parts.put(Split.TEST, set));
        return parts;
    }

    @Override
    public void close() {
        train.close();
        validation.ifPresent(PictureSet::close);
        test.ifPresent(PictureSet::close);
    }
}
