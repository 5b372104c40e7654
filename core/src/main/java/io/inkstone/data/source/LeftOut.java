package io.inkstone.data.source;

import io.inkstone.Counted;
import io.inkstone.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was seen while looking for data and is no part of it: nothing is left out without a word. */
final class LeftOut {
    private static final int LISTED = 6;
    /** Files that go with every set and are never pictures; they are not worth a word. */
    private static final Set<String> USUAL = Set.of("readme", "license", "licence", "copying", "attribution");

    private final Set<String> hidden = new LinkedHashSet<>();
    private final Map<String, Integer> endings = new TreeMap<>();
    private final List<String> unread = new ArrayList<>();
    private final Set<String> broken = new LinkedHashSet<>();
    private final Set<String> unreadable = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /** A hidden folder, or one that a program made for itself. */
    void hidden(Path folder) {
        hidden.add(Folders.name(folder));
    }

    /** A file that is no picture. */
    void other(Path file) {
        String name = Folders.name(file);
        String start = name.toLowerCase(Locale.ROOT).split("[._-]")[0];
        if (!USUAL.contains(start)) {
            String ending = Folders.extension(name);
            if (UnreadPictures.isUnread(ending)) {
                unread.add(ending);
                return;
            }
            endings.merge(ending.isEmpty() ? "without ending" : "." + ending, 1, Integer::sum);
        }
    }

    /** A link whose end is not there. */
    void broken(Path link) {
        broken.add(link.toString());
    }

    /** A folder that may not be read. */
    void unreadable(Path folder, String reason) {
        unreadable.add(Words.of("%s (%s)", folder, reason));
    }

    /** Another sentence for a person. */
    void note(String sentence) {
        notes.add(sentence);
    }

    /** A sentence each. */
    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        UnreadPictures.sentence(unread).ifPresent(all::add);
        if (!endings.isEmpty()) {
            int files = endings.values().stream().mapToInt(n -> n).sum();
            all.add(Words.of(
                    "Left out: %s that %s no picture (%s).",
                    Counted.of(files, "file"),
                    files == 1 ? "is" : "are",
                    endings.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", "))));
        }
        said(all, "Passed over: hidden and helper folders", hidden);
        said(all, "Left out: links that lead nowhere", broken);
        said(all, "Left out: folders that cannot be read", unreadable);
        return all;
    }

    private static void said(List<String> all, String what, Set<String> names) {
        if (!names.isEmpty()) {
            String more = names.size() > LISTED ? Words.of(", … (%d in all)", names.size()) : "";
            all.add(Words.of("%s: %s%s.", what, listed(names), more));
        }
    }

    private static String listed(Set<String> names) {
        return names.stream().limit(LISTED).collect(Collectors.joining(", "));
    }
}
