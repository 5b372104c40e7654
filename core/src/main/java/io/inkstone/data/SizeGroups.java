package io.inkstone.data;

import io.inkstone.image.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pictures of a set may share a batch: those of one size. Most sets have one group. With several, the pictures of an epoch
 * are dealt to their groups in the epoch's order, a group that is full becomes a batch, and what is left of each follows at the
 * end: batches of all sizes come mixed, and which they are depends on the order alone.
 */
public final class SizeGroups {
    private final int[] group;
    private final int[] counts;

    private SizeGroups(int[] group, int[] counts) {
        this.group = group;
        this.counts = counts;
    }

    /** All pictures have one size. */
    public static SizeGroups one(int count) {
        return new SizeGroups(new int[0], new int[] {count});
    }

    /** As the sizes of a set's pictures say. */
    public static SizeGroups of(PreparedSet set) {
        if (set.info().size().isPresent()) {
            return one(set.count());
        }
        Map<Size, Integer> numbers = new HashMap<>();
        int[] group = new int[set.count()];
        int[] counts = new int[set.count()];
        for (int i = 0; i < group.length; i++) {
            group[i] = numbers.computeIfAbsent(set.size(i), size -> numbers.size());
            counts[group[i]]++;
        }
        return new SizeGroups(group, Arrays.copyOf(counts, numbers.size()));
    }

    /** Pictures in all groups. */
    public int count() {
        return Arrays.stream(counts).sum();
    }

    /** Batches that an epoch has. */
    public int batches(int size, boolean dropLast) {
        return Arrays.stream(counts)
                .map(count -> dropLast ? count / size : (count + size - 1) / size)
                .sum();
    }

    /** Pictures that an epoch uses. */
    public int pictures(int size, boolean dropLast) {
        return Arrays.stream(counts)
                .map(count -> dropLast ? count / size * size : count)
                .sum();
    }

    /** Whether an epoch has a batch of {@code size} pictures, of batches of {@code most}. */
    public boolean meets(int size, int most, boolean dropLast) {
        return Arrays.stream(counts)
                .anyMatch(count -> size == most ? count >= size : !dropLast && count % most == size);
    }

    /**
     * An epoch's pictures as its batches take them.
     *
     * @param order picture indices, batch after batch
     * @param ends where each batch ends; empty where they are simply cut at every batch's size
     */
    record Dealt(int[] order, int[] ends) {
        /** Where the batch ends that begins at {@code position}. */
        int end(int position, int size) {
            if (ends.length == 0) {
                return Math.min(position + size, order.length);
            }
            int found = Arrays.binarySearch(ends, position + 1);
            return ends[found >= 0 ? found : -found - 1];
        }
    }

    /**
     * Deals an epoch's pictures out.
     *
     * @param order a permutation of all indices
     */
    Dealt dealt(int[] order, int size, boolean dropLast) {
        if (counts.length == 1) {
            return new Dealt(Arrays.copyOf(order, pictures(size, dropLast)), new int[0]);
        }
        List<List<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            waiting.add(new ArrayList<>());
        }
        Dealing dealing = new Dealing(new int[pictures(size, dropLast)], new ArrayList<>(batches(size, dropLast)));
        for (int picture : order) {
            List<Integer> mine = waiting.get(group[picture]);
            mine.add(picture);
            if (mine.size() == size) {
                dealing.batch(mine);
            }
        }
        if (!dropLast) {
            waiting.stream().filter(left -> !left.isEmpty()).forEach(dealing::batch);
        }
        return new Dealt(
                dealing.order, dealing.ends.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Batches one behind the other. */
    private record Dealing(int[] order, List<Integer> ends) {
        void batch(List<Integer> pictures) {
            int from = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
            for (int i = 0; i < pictures.size(); i++) {
                order[from + i] = pictures.get(i);
            }
            ends.add(from + pictures.size());
            pictures.clear();
        }
    }
}
