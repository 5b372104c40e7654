package io.inkstone.data;

import io.inkstone.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where classes that are wanted lie in a list of the same classes in another order: folders stand by the alphabet, lists
 * as somebody wrote them.
 *
 * @param wanted names of the classes in the order that is wanted
 * @param places of each of them in the other list
 */
public record ClassOrder(List<String> wanted, List<Integer> places) {
    private static final int LISTED = 12;

    public ClassOrder {
        wanted = List.copyOf(wanted);
        places = List.copyOf(places);
    }

    /**
     * By name; where one of the lists has nothing but numbers for names, by place.
     *
     * @return empty where these are not the same classes
     */
    public static Optional<ClassOrder> of(List<String> wanted, List<String> there) {
        return ofNames(wanted, there)
                .or(() -> wanted.size() == there.size() && (numbers(wanted) || numbers(there))
                        ? Optional.of(asTheyAre(wanted))
                        : Optional.empty());
    }

    /** By name alone. */
    public static Optional<ClassOrder> ofNames(List<String> wanted, List<String> there) {
        if (wanted.equals(there)) {
            return Optional.of(asTheyAre(wanted));
        }
        HashSet<String> names = new HashSet<>(there);
        boolean same = wanted.size() == there.size() && names.size() == there.size() && names.containsAll(wanted);
        return same && new HashSet<>(wanted).size() == wanted.size()
                ? Optional.of(new ClassOrder(
                        wanted, wanted.stream().map(there::indexOf).toList()))
                : Optional.empty();
    }

    private static ClassOrder asTheyAre(List<String> wanted) {
        return new ClassOrder(wanted, IntStream.range(0, wanted.size()).boxed().toList());
    }

    private static boolean numbers(List<String> names) {
        return names.stream().allMatch(name -> name.matches("\\d+"));
    }

    /** Whether the other list has the same order. */
    public boolean isTheSame() {
        return IntStream.range(0, places.size()).allMatch(i -> places.get(i) == i);
    }

    /** A row [c] of the other list in the order that is wanted. */
    public float[] of(float[] row) {
        float[] ordered = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            ordered[i] = row[places.get(i)];
        }
        return ordered;
    }

    /** Names for a sentence: {@code 3 classes (cat, dog, horse)}. */
    public static String words(List<String> names) {
        return Words.of(
                "%d classes (%s%s)",
                names.size(),
                names.stream().limit(LISTED).collect(Collectors.joining(", ")),
                names.size() > LISTED ? ", …" : "");
    }

    /** Which names only one of two long lists has, as a bracket for a sentence; nothing where {@link #words} show it. */
    public static String difference(List<String> one, List<String> other) {
        if (Math.max(one.size(), other.size()) <= LISTED) {
            return "";
        }
        List<String> only = one.stream().filter(name -> !other.contains(name)).toList();
        List<String> more = other.stream().filter(name -> !one.contains(name)).toList();
        return Words.of(" (only in the first: %s; only in the second: %s)", some(only), some(more));
    }

    private static String some(List<String> names) {
        return names.isEmpty()
                ? "none"
                : names.stream().limit(LISTED).collect(Collectors.joining(", ")) + (names.size() > LISTED ? ", …" : "");
    }
}
