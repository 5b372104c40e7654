package io.inkstone.data;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
                        UncaptionedPictures.of(train),
                        validation.map(UncaptionedPictures::of),
                        test.map(UncaptionedPictures::of))
                : this;
    }

    /** The pictures for validation losses: the validation part, else the test part. */
    public Optional<PictureSet> heldOut() {
        return validation.or(() -> test);
    }

    /** The same with a share of the training pictures held out by {@link HoldOut.ByCount}. */
    public DataSet holdingOut(double share) {
        return holdingOut(HoldOut.byCount(share));
    }

    /**
     * The same with a share of the training pictures as its validation part; a set that holds out some of its own stays
     * as it is. Which pictures is a function of the data, so every run on the same data holds out the same.
     */
    public DataSet holdingOut(HoldOut way) {
        if (way.share() == 0 || heldOut().isPresent()) {
            return this;
        }
        int[] held = way.of(train);
        BitSet chosen = new BitSet(train.count());
        Arrays.stream(held).forEach(chosen::set);
        int[] rest =
                IntStream.range(0, train.count()).filter(i -> !chosen.get(i)).toArray();
        return new DataSet(SelectedPictures.of(train, rest), Optional.of(SelectedPictures.of(train, held)), test);
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
                        "Parts of %s that are left out: %s. The part 'all' takes all of them.", info().name(), words));
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
