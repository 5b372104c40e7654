package io.inkstone;

import java.util.Collection;
import java.util.Optional;

/** Finds what a person may have meant by a misspelt word: the candidate with the fewest changed letters. */
public final class NearestName {
    /** Longer words are not compared letter by letter: they come from damaged files, not from a keyboard. */
    private static final int LONGEST = 300;

    private NearestName() {}

    /** The candidate nearest to {@code word}; empty where all differ in more than half of the letters. */
    public static Optional<String> of(String word, Collection<String> candidates) {
        String nearest = null;
        int fewest = word.length() > LONGEST ? 0 : Math.max(2, (word.length() + 1) / 2) + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) < fewest && candidate.length() <= LONGEST) {
                int changes = distance(word, candidate);
                if (changes < fewest) {
                    fewest = changes;
                    nearest = candidate;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** {@code " Did you mean x?"}, or nothing where no candidate is near. */
    public static String suggestion(String word, Collection<String> candidates) {
        return of(word, candidates).map(name -> " Did you mean " + name + "?").orElse("");
    }

    /** Letters to insert, remove or replace (Levenshtein 1966), upper and lower case alike. */
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            char letter = Character.toLowerCase(a.charAt(i - 1));
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (letter == Character.toLowerCase(b.charAt(j - 1)) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            int[] swap = above;
            above = row;
            row = swap;
        }
        return above[b.length()];
    }
}
