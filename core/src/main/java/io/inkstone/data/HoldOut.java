package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
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
     * the others, and the number held out is the share only about.
     */
    record ByName(double share) implements HoldOut {
        @Override
        public int[] of(PictureSet set) {
            int count = set.count();
            int[] chosen = IntStream.range(0, count)
                    .filter(i -> place(set.entry(i).name()) < share)
                    .toArray();
            if (chosen.length == 0 || chosen.length == count) {
                throw few(this, count, chosen.length);
            }
            return chosen;
        }

        /** Where a name lies in [0, 1), the same on every machine. */
        static double place(String name) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest(Normalizer.normalize(name, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8));
                return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256.", e);
            }
        }
    }

    private static InputException few(HoldOut way, int count, int held) {
        return new InputException(Words.of(
                        "A share of %s of %d pictures is %d: at least one picture must be held out and one be trained on.",
                        way.share(), count, held))
                .about("data.holdOut=0.1");
    }
}
