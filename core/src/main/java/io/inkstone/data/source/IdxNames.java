package io.inkstone.data.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the classes of the IDX sets are called, and which of them are stored oddly. */
final class IdxNames {
    static final List<String> FASHION = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");
    private static final List<String> KUZUSHIJI = List.of("お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を");
    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    /** The lower-case letters that the merged sets of EMNIST keep apart. */
    private static final String DISTINCT = "abdefghnqrt";
    /** The labels that Fashion-MNIST's training file begins with; its files are named like MNIST's. */
    private static final byte[] FASHION_START = {9, 0, 0, 3, 0, 2, 7, 2, 5, 5};

    private IdxNames() {}

    /** EMNIST stores every picture with rows and columns exchanged. */
    static boolean isTransposed(String prefix) {
        return prefix.startsWith("emnist");
    }

    /** What is subtracted from the labels of the file: EMNIST letters count from 1. */
    static int firstLabel(String prefix) {
        return prefix.startsWith("emnist-letters") ? 1 : 0;
    }

    /**
     * The names of the classes.
     *
     * @param prefix of the file names, such as {@code emnist-letters-}, or empty
     * @param folder in which the files lie
     * @param labels of the training part
     */
    static List<String> of(String prefix, String folder, byte[] labels, int count) {
        String place = folder.toLowerCase(Locale.ROOT);
        if (prefix.startsWith("emnist")) {
            return emnist(prefix, count);
        }
        boolean fashion = labels.length >= FASHION_START.length
                && Arrays.equals(labels, 0, FASHION_START.length, FASHION_START, 0, FASHION_START.length);
        if (count == 10 && (fashion || place.contains("fashion"))) {
            return FASHION;
        }
        if (count == 10 && (place.contains("kmnist") || place.contains("kuzushiji"))) {
            return KUZUSHIJI;
        }
        return Labels.numbered(count);
    }

    private static List<String> emnist(String prefix, int count) {
        String all = prefix.contains("letters")
                ? LETTERS
                : prefix.contains("byclass")
                        ? DIGITS + LETTERS + LETTERS.toLowerCase(Locale.ROOT)
                        : prefix.contains("balanced") || prefix.contains("bymerge")
                                ? DIGITS + LETTERS + DISTINCT
                                : DIGITS;
        return all.length() >= count ? List.of(all.split("")) : Labels.numbered(count);
    }
}
