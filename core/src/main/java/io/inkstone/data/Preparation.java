package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.ParallelPass;
import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * Turns any set into one of a fixed size, or of a few. Sets that fit in memory are decoded once, at the start, so that every damaged
 * picture is known before training begins; larger ones are decoded as they are asked for, and {@link #check} looks through
 * them.
 *
 * @param transform what is done to each picture
 * @param buckets shapes instead of the transform's one, to the nearest of which each is brought; all pictures are then decoded
 *     at the start
 * @param onDamage what happens to pictures that cannot be read or are smaller than the crop
 * @param memoryBytes the most bytes of decoded pictures to keep
 */
public record Preparation(Transform transform, Optional<Buckets> buckets, OnDamage onDamage, long memoryBytes) {
    /** Decoded pictures of this many bytes are kept unless told otherwise: 512 MB. */
    public static final long MEMORY = 512L << 20;

    private static final int LISTED = 10;

    /** So many pictures, spread over a set that is not decoded at once, tell what the crop loses. */
    private static final int LOOKED_AT = 256;

    /** The policy for pictures that cannot be used. */
    public enum OnDamage {
        /** Refuse the set, naming them. */
        STOP,
        /** Leave them out and count them. */
        SKIP
    }

    /** To one shape. */
    public Preparation(Transform transform, OnDamage onDamage, long memoryBytes) {
        this(transform, Optional.empty(), onDamage, memoryBytes);
    }

    /** Stops at damage, keeps up to 512 MB. */
    public static Preparation of(Transform transform) {
        return new Preparation(transform, OnDamage.STOP, MEMORY);
    }

    public Preparation skippingDamaged() {
        return new Preparation(transform, buckets, OnDamage.SKIP, memoryBytes);
    }

    /** The same that brings each picture to the nearest of several shapes. */
    public Preparation inBuckets(Buckets shapes) {
        return new Preparation(transform, Optional.of(shapes), onDamage, memoryBytes);
    }

    /** The same that keeps no more than so many bytes of decoded pictures. */
    public Preparation keeping(long bytes) {
        return new Preparation(transform, buckets, onDamage, bytes);
    }

    private CropLoss loss() {
        return buckets.isPresent() ? new CropLoss(this) : new CropLoss(transform);
    }

    /** What is done to a picture of this size. */
    Transform transform(Size picture) {
        return buckets.map(shapes -> transform.to(shapes.nearest(picture))).orElse(transform);
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
        if (buckets.isPresent()) {
            return bucketed(set, progress);
        }
        if (set instanceof PreparedSet ready && transform.leaves(set.info())) {
            return ready;
        }
        if (!streams(set)) {
            return inMemory(set, progress);
        }
        CropLoss loss = loss();
        if (onDamage == OnDamage.SKIP) {
            PictureSet good = withoutDamaged(set, loss, progress);
            return TransformedSet.streamed(good, loss, transform, set.count() - good.count());
        }
        look(set, loss);
        return TransformedSet.streamed(set, loss, transform, 0);
    }

    private boolean streams(PictureSet set) {
        return (long) set.count() * transform.height() * transform.width() * transform.channels() > memoryBytes;
    }

    /** Whether {@link #prepare} leaves it to {@link #check} to find damaged pictures of {@code set}; bytes that lie ready have none. */
    public boolean leavesUnchecked(PictureSet set) {
        boolean bytes = set instanceof PreparedSet ready && ready.liesReady() && transform.leaves(set.info());
        return onDamage == OnDamage.STOP && streams(set) && buckets.isEmpty() && !bytes;
    }

    /**
     * Decodes every picture of a set once, about a minute for 100,000; refuses the set with the list of those that cannot
     * be used, before one of them ends hours of work.
     *
     * @param progress told how many pictures were decoded so far, from any thread
     */
    public void check(PictureSet set, IntConsumer progress) {
        check(set, Optional.empty(), progress);
    }

    /**
     * The same, whose pictures are kept where they are looked for next. Where damaged pictures are left out, or in buckets, all are
     * decoded by {@link #prepare} already, which also tells someone who never trains how many there are: it has no place for them.
     *
     * @param kept of what {@link #prepare} made of {@code set}
     */
    public void check(PictureSet set, Optional<DecodedFile> kept, IntConsumer progress) {
        Sink sink = new Sink(loss(), (index, pixels) -> kept.ifPresent(file -> file.keep(index, pixels.data())));
        usable(set, decodeAll(set, sink, progress));
    }

    private PreparedSet inMemory(PictureSet set, IntConsumer progress) {
        byte[][] pictures = new byte[set.count()][];
        CropLoss loss = loss();
        String[] damage = decodeAll(set, new Sink(loss, (index, pixels) -> pictures[index] = pixels.data()), progress);
        int[] good = usable(set, damage);
        PictureSet kept = good.length == set.count() ? set : new SelectedPictures(set, good);
        byte[][] bytes = new byte[good.length][];
        for (int i = 0; i < good.length; i++) {
            bytes[i] = pictures[good[i]];
        }
        return TransformedSet.kept(kept, loss, transform, bytes, set.count() - good.length);
    }

    private PreparedSet bucketed(PictureSet set, IntConsumer progress) {
        boolean kept = !streams(set);
        Pixels[] pictures = new Pixels[set.count()];
        Size[] sizes = new Size[set.count()];
        CropLoss loss = loss();
        Sink sink = new Sink(loss, (index, pixels) -> {
            sizes[index] = new Size(pixels.height(), pixels.width());
            pictures[index] = kept ? pixels : null;
        });
        int[] good = usable(set, decodeAll(set, sink, progress));
        PictureSet usable = good.length == set.count() ? set : new SelectedPictures(set, good);
        Size[] found = Arrays.stream(good).mapToObj(index -> sizes[index]).toArray(Size[]::new);
        return new BucketedSet(
                TransformedSet.streamed(usable, loss, transform, set.count() - good.length),
                found,
                index -> kept
                        ? pictures[good[index]]
                        : transform.to(found[index]).of(usable, index),
                kept);
    }

    private PictureSet withoutDamaged(PictureSet set, CropLoss loss, IntConsumer progress) {
        String[] damage = decodeAll(set, new Sink(loss, (index, pixels) -> {}), progress);
        return new SelectedPictures(set, usable(set, damage));
    }

    /** What the crop loses, told by a part of a set that is not decoded now. */
    private void look(PictureSet set, CropLoss loss) {
        set.spread(LOOKED_AT).forEach(index -> {
            try {
                Pixels whole = set.pixels(index);
                loss.add(whole.width(), whole.height());
            } catch (InputException damaged) {
                // Named when the set is checked.
            }
        });
    }

    /**
     * Where decoded pictures go.
     *
     * @param loss learns the size of each as it lies in its file
     * @param kept takes each as it is after the transform
     */
    private record Sink(CropLoss loss, BiConsumer<Integer, Pixels> kept) {
        void put(int index, Pixels whole, Pixels transformed) {
            loss.add(whole.width(), whole.height());
            kept.accept(index, transformed);
        }
    }

    /** Decodes every picture; entry i of the result says why picture i cannot be used, or is null. */
    private String[] decodeAll(PictureSet set, Sink sink, IntConsumer progress) {
        String[] damage = new String[set.count()];
        ParallelPass.over(
                set.count(),
                index -> {
                    try {
                        Pixels whole = set.pixels(index, transform.framing().background());
                        sink.put(
                                index,
                                whole,
                                transform(new Size(whole.height(), whole.width()))
                                        .apply(whole, set.entry(index).name()));
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
            InputException refused = new InputException(Words.of(
                    "%d of %d pictures of %s cannot be used; mend or remove them%s:%n  %s%s",
                    reasons.size(),
                    damage.length,
                    set.info().name(),
                    count == 0 ? "" : ", or leave them out",
                    String.join("\n  ", reasons.subList(0, Math.min(LISTED, reasons.size()))),
                    reasons.size() > LISTED ? Words.of("\n  … and %d more", reasons.size() - LISTED) : ""));
            throw count == 0 ? refused : refused.about("skipDamaged");
        }
        return Arrays.copyOf(good, count);
    }
}
