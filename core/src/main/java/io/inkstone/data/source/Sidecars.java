package io.inkstone.data.source;

import io.inkstone.Counted;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts that lie beside their pictures under the same name: {@code a.png} with {@code a.txt} or {@code a.caption}. Each
 * line that is not blank is a caption.
 *
 * @param captions of each picture; empty where no picture has a text
 */
record Sidecars(List<List<String>> captions) {
    private static final Set<String> TEXTS = Set.of("txt", "caption");
    /** Boxes of detectors lie beside pictures too: a class number and four or more coordinates a line. */
    private static final String BOX = "\\d+(\\s+[-+]?\\d*\\.?\\d+([eE][-+]?\\d+)?){4,}";

    static final Sidecars NONE = new Sidecars(List.of());

    /** Reads the texts of {@code files}, all of them below {@code tree}; other files are told to {@code left}. */
    static Sidecars of(Tree tree, List<Path> files, LeftOut left) throws IOException {
        Map<String, Path> texts = new HashMap<>();
        collect(tree, texts);
        Set<Path> read = new HashSet<>();
        List<List<String>> captions = new ArrayList<>(files.size());
        int without = 0;
        int boxes = 0;
        for (Path file : files) {
            Path text = texts.get(stem(file));
            List<String> lines = text == null
                    ? List.of()
                    : Origin.text(text)
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList();
            boolean box = !lines.isEmpty() && lines.stream().allMatch(line -> line.matches(BOX));
            boxes += box ? 1 : 0;
            captions.add(box ? List.of() : lines);
            without += captions.get(captions.size() - 1).isEmpty() ? 1 : 0;
            if (text != null && !box) {
                read.add(text);
            }
        }
        sayOthers(tree, read, left);
        if (boxes > 0) {
            left.note(Words.of(
                    "Left out: %s beside pictures that hold boxes of a detector, not captions.",
                    Counted.of(boxes, "text")));
        }
        if (without == files.size()) {
            return NONE;
        }
        if (without > 0) {
            left.note(Words.of(
                    "%s of %d have no caption beside them; theirs is empty.",
                    Counted.of(without, "picture"), files.size()));
        }
        return new Sidecars(captions);
    }

    private static void collect(Tree tree, Map<String, Path> texts) {
        for (Path file : tree.others()) {
            if (TEXTS.contains(Folders.extension(Folders.name(file)))) {
                texts.putIfAbsent(stem(file), file);
            }
        }
        tree.folders().forEach(folder -> collect(folder, texts));
    }

    private static void sayOthers(Tree tree, Set<Path> read, LeftOut left) {
        tree.others().stream()
                .filter(file -> !read.contains(file) && !CelebaLists.isList(file))
                .forEach(left::other);
        tree.folders().forEach(folder -> sayOthers(folder, read, left));
    }

    /** The path without its ending; spellings of accents may differ between a picture and its text. */
    private static String stem(Path file) {
        String path = Folders.normal(file.toString());
        int dot = path.lastIndexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    boolean isEmpty() {
        return captions.isEmpty();
    }

    /** The captions of picture {@code index}, perhaps none. */
    List<String> at(int index) {
        return captions.isEmpty() ? List.of() : captions.get(index);
    }
}
