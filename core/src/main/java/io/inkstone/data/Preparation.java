package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.image.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Turns any set into one of a fixed size. Sets that fit in memory are decoded once, at the start, so that every damaged
 * picture is known before training begins; larger ones are decoded as they are asked for, and {@link #check} looks through
 * them.
 *
 * @param transform what is done to each picture
 * @param onDamage what happens to pictures that cannot be read or are smaller than the crop
 * @param memoryBytes the most bytes of decoded pictures to keep
 */
public record Preparation(Transform transform, OnDamage onDamage, long memoryBytes) {
    /** Decoded pictures of this many bytes are kept unless told otherwise: 512 MB. */
    public static final long MEMORY = 512L << 20;

    private static final int LISTED = 10;

    /** The policy for pictures that cannot be used. */
    public enum OnDamage {
        /** Refuse the set, naming them. */
        STOP,
        /** Leave them out and count them. */
        SKIP
    }

    /** Stops at damage, keeps up to 512 MB. */
    public static Preparation of(Transform transform) {
        return new Preparation(transform, OnDamage.STOP, MEMORY);
    }

    public Preparation skippingDamaged() {
        return new Preparation(transform, OnDamage.SKIP, memoryBytes);
    }

    public PreparedSet prepare(PictureSet set) {
        return prepare(set, done -> {});
    }

    /**
     * Prepares a set.
     *
     * @param progress told how many pictures were decoded so far, from any thread; not called if nothing is decoded now
     */
    public PreparedSet prepare(PictureSet set, IntConsumer progress) {
        if (set.count() == 0) {
            throw new InputException(set.info().name() + " has no pictures.");
        }
        if (set instanceof PreparedSet ready && transform.leaves(set.info())) {
            return ready;
        }
        if (!streams(set)) {
            return inMemory(set, progress);
        }
        return new StreamedSet(onDamage == OnDamage.SKIP ? withoutDamaged(set, progress) : set, transform, set.count());
    }

    private boolean streams(PictureSet set) {
        return (long) set.count() * transform.side() * transform.side() * transform.channels() > memoryBytes;
    }

    /** Whether {@link #prepare} leaves it to {@link #check} to find damaged pictures of {@code set}. */
    public boolean leavesUnchecked(PictureSet set) {
        return onDamage == OnDamage.STOP && streams(set);
    }

    /**
     * Decodes every picture of a set once, about a minute for 100,000; refuses the set with the list of those that cannot
     * be used, before one of them ends hours of work.
     *
     * @param progress told how many pictures were decoded so far, from any thread
     */
    public void check(PictureSet set, IntConsumer progress) {
        usable(set, decodeAll(set, (index, pixels) -> {}, progress));
    }

    private PreparedSet inMemory(PictureSet set, IntConsumer progress) {
        byte[][] pictures = new byte[set.count()][];
        String[] damage = decodeAll(set, (index, pixels) -> pictures[index] = pixels.data(), progress);
        int[] good = usable(set, damage);
        PictureSet kept = good.length == set.count() ? set : new SelectedPictures(set, good);
        byte[][] bytes = new byte[good.length][];
        for (int i = 0; i < good.length; i++) {
            bytes[i] = pictures[good[i]];
        }
        return new MemorySet(kept, transform, bytes, set.count() - good.length);
    }

    private PictureSet withoutDamaged(PictureSet set, IntConsumer progress) {
        String[] damage = decodeAll(set, (index, pixels) -> {}, progress);
        return new SelectedPictures(set, usable(set, damage));
    }

    private interface Sink {
        void put(int index, Pixels pixels);
    }

    /** Decodes every picture; entry i of the result says why picture i cannot be used, or is null. */
    private String[] decodeAll(PictureSet set, Sink sink, IntConsumer progress) {
        String[] damage = new String[set.count()];
        ParallelPass.over(
                set.count(),
                index -> {
                    try {
                        sink.put(
                                index,
                                transform.apply(
                                        set.pixels(index), set.entry(index).name()));
                    } catch (InputException e) {
                        damage[index] = e.getMessage();
                    }
                },
                progress);
        return damage;
    }

    private int[] usable(PictureSet set, String[] damage) {
        List<String> reasons = new ArrayList<>();
        int[] good = new int[damage.length];
        int count = 0;
        for (int i = 0; i < damage.length; i++) {
            if (damage[i] == null) {
                good[count++] = i;
            } else {
                reasons.add(damage[i]);
            }
        }
        boolean stop = onDamage == OnDamage.STOP && !reasons.isEmpty();
        if (stop || count == 0) {
            throw new InputException("%d of %d pictures of %s cannot be used; mend or remove them%s:%n  %s%s"
                    .formatted(
                            reasons.size(),
                            damage.length,
                            set.info().name(),
                            count == 0 ? "" : ", or leave them out (--skip-damaged)",
                            String.join("\n  ", reasons.subList(0, Math.min(LISTED, reasons.size()))),
                            reasons.size() > LISTED ? "\n  … and %d more".formatted(reasons.size() - LISTED) : ""));
        }
        return Arrays.copyOf(good, count);
    }
}
