package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.source.Inspection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An inspection for people, and as fields. */
record InspectionWords(Inspection inspection) {
    private static final int LISTED = 10;

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                inspection.kind().isEmpty()
                        ? inspection.path()
                        : Words.of("%s: %s", inspection.path(), inspection.kind()));
        inspection.parts().forEach(part -> part(part, lines));
        inspection
                .shared()
                .forEach((part, same) -> several(
                        "also in train",
                        part,
                        same.stream()
                                .map(pair -> pair.get(0) + " = " + pair.get(1))
                                .toList(),
                        lines));
        if (!inspection.subfolders().isEmpty()) {
            lines.add("folders below");
            inspection.subfolders().forEach((name, what) -> lines.add(Words.of("  %s/  %s", name, what)));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static void part(Inspection.Part part, List<String> lines) {
        DataInfo info = part.info();
        lines.add(Words.of(
                "%-10s %s, %s",
                part.name(), Counted.of(info.count(), "picture"), info.channels() == 1 ? "grey" : "RGB"));
        line("sizes", counts(part.sizes()), lines);
        line(info.exclusive() ? "classes" : "attributes", counts(part.classes()), lines);
        part.captions().forEach(caption -> line("caption", caption, lines));
        info.notes().forEach(note -> line("note", note, lines));
        part.lengths()
                .ifPresent(ids -> line(
                        "ids",
                        Words.of(
                                "%d to %d a caption, median %d, of %,d captions",
                                ids.least(), ids.most(), ids.median(), ids.captions()),
                        lines));
        line("few of", String.join(", ", part.nearlyEmpty()), lines);
        several("damaged", "", part.damaged(), lines);
        several("too small", "", part.small(), lines);
        several("the same", "", same(part.duplicates()), lines);
    }

    private static void line(String name, String words, List<String> lines) {
        if (!words.isEmpty()) {
            lines.add(Words.of("  %-10s %s", name, words));
        }
    }

    /** Copies by the picture that they show again. */
    private static List<String> same(List<List<String>> groups) {
        return groups.stream()
                .flatMap(group -> group.stream().skip(1).map(copy -> copy + " = " + group.get(0)))
                .toList();
    }

    private static void several(String name, String of, List<String> all, List<String> lines) {
        if (!all.isEmpty()) {
            lines.add(
                    Words.of("  %-10s %s%s", name, Counted.of(all.size(), "picture"), of.isEmpty() ? "" : " of " + of));
            all.stream().limit(LISTED).forEach(one -> lines.add("    " + one));
            if (all.size() > LISTED) {
                lines.add(Words.of("    … and %,d more", all.size() - LISTED));
            }
        }
    }

    /** {@code 28×28 (8,000)}, the first few. */
    private static String counts(Map<String, Integer> counts) {
        String first = counts.entrySet().stream()
                .limit(4 * LISTED)
                .map(entry -> Words.of("%s (%,d)", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        int rest = counts.size() - 4 * LISTED;
        return rest > 0 ? Words.of("%s and %,d more", first, rest) : first;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", inspection.path());
        fields.put("kind", inspection.kind());
        fields.put(
                "parts",
                inspection.parts().stream().map(InspectionWords::fields).toList());
        inspection.problem().ifPresent(problem -> fields.put("problem", problem));
        fields.put("alsoInTrain", inspection.shared());
        fields.put("subfolders", inspection.subfolders());
        fields.put("sound", inspection.isSound());
        return fields;
    }

    private static Map<String, Object> fields(Inspection.Part part) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", part.name());
        fields.put("count", part.info().count());
        fields.put("channels", part.info().channels());
        fields.put("sizes", part.sizes());
        fields.put("classes", part.classes());
        fields.put("exclusive", part.info().exclusive());
        fields.put("captions", part.captions());
        fields.put("notes", part.info().notes());
        fields.put("damaged", part.damaged());
        fields.put("small", part.small());
        fields.put("duplicates", part.duplicates());
        fields.put("nearlyEmpty", part.nearlyEmpty());
        part.lengths().ifPresent(ids -> fields.put("ids", ids));
        return fields;
    }
}
