package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.ParallelPass;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Which pictures of a set that holds out none of its own are not trained on. */
public sealed interface HoldOut {
    /** In [0, 1); 0 holds out none. */
    double share();

    /** Indices of the pictures of {@code set} that are held out, ascending; at least one, and not all. */
    int[] of(PictureSet set);

    /** As {@link ByCount}. */
    static HoldOut byCount(double share) {
        return new ByCount(share);
    }

    /** As {@link ByContent}. */
    static HoldOut byContent(double share) {
        return new ByContent(share);
    }

    /** As {@link ByName}. */
    static HoldOut byName(double share) {
        return new ByName(share);
    }

    /**
     * A function of how many pictures there are: the first of one shuffled order. One picture more changes all. Runs that
     * were begun with it keep it.
     */
    record ByCount(double share) implements HoldOut {
        /** The address of the order whose first pictures are held out. */
        private static final long HOLD_OUT = 0x686F6C64;

        @Override
        public int[] of(PictureSet set) {
            int count = set.count();
            int held = (int) Math.round(share * count);
            if (held < 1 || held >= count) {
                throw few(this, count, held);
            }
            int[] chosen = Arrays.copyOf(Order.shuffled(HOLD_OUT).indices(count, 0), held);
            Arrays.sort(chosen);
            return chosen;
        }
    }

    /**
     * A function of each picture's own name: those whose hash, the first 8 bytes of SHA-256 of the name in Unicode's
     * composed form as a number in [0, 1), is below the share. A picture that is added or removed changes nothing about
     * the others, one that is renamed may move, and the number held out is the share only about.
     */
    record ByName(double share) implements HoldOut {
        @Override
        public int[] of(PictureSet set) {
            return below(this, set, i -> place(set.entry(i).name()));
        }

        /** Where a name lies in [0, 1), the same on every machine. */
        static double place(String name) {
            return HoldOut.place(Normalizer.normalize(name, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The same of each picture's own content ({@link PictureSet#content}): neither what comes and goes nor a new name moves
     * any, and copies of a picture are all on one side. All pictures are read, and none is decoded that is a file.
     */
    record ByContent(double share) implements HoldOut {
        @Override
        public int[] of(PictureSet set) {
            double[] places = new double[set.count()];
            ParallelPass.over(places.length, i -> places[i] = HoldOut.place(set.content(i)), done -> {});
            return below(this, set, i -> places[i]);
        }
    }

    /** Those whose place is below the share. */
    private static int[] below(HoldOut way, PictureSet set, IntToDoubleFunction place) {
        int count = set.count();
        int[] chosen = IntStream.range(0, count)
                .filter(i -> place.applyAsDouble(i) < way.share())
                .toArray();
        if (chosen.length == 0 || chosen.length == count) {
            throw few(way, count, chosen.length);
        }
        return chosen;
    }

    /** Where bytes lie in [0, 1), the same on every machine. */
    private static double place(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static InputException few(HoldOut way, int count, int held) {
        return new InputException(Words.of(
                        "A share of %s of %d pictures is %d: at least one picture must be held out and one be trained on.",
                        way.share(), count, held))
                .about("data.holdOut=0.1");
    }
}
