package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the columns of a table say of its pictures. Where that cannot be told without a guess, it is asked for.
 *
 * @param label the column of classes
 * @param attributes columns of 0 and 1, if there is no column of classes
 * @param caption the column of texts
 * @param split the column of parts
 * @param unread what is not read
 */
record LabelColumns(
        Optional<Integer> label,
        List<Integer> attributes,
        Optional<Integer> caption,
        Optional<Integer> split,
        List<String> unread) {
    /** So many rows with a value each are no classes. */
    private static final int FEW = 10;

    static boolean isLabel(String column) {
        return ColumnNames.LABELS_OF_LISTS.contains(column.toLowerCase(Locale.ROOT));
    }

    /** @return empty where no column says anything of the pictures */
    static Optional<LabelColumns> of(LabelTable table, DataOptions options) {
        List<Integer> rest = IntStream.range(0, table.columns().size())
                .filter(i -> i != table.key())
                .filter(i -> !table.columns().get(i).matches("(?i)|unnamed: ?\\d+|index"))
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        Optional<Integer> split = rest.stream()
                .filter(i -> ColumnNames.SPLITS.contains(name(table, i))
                        && table.values(i).stream()
                                .allMatch(word -> PartName.of(word).isPresent()))
                .findFirst();
        split.ifPresent(rest::remove);
        Optional<Integer> caption = said(table, options.caption()).or(() -> rest.stream()
                .filter(i -> ColumnNames.CAPTIONS.contains(name(table, i)))
                .findFirst());
        caption.ifPresent(rest::remove);
        Optional<Integer> label = said(table, options.label()).or(() -> named(table, rest));
        List<Integer> flags = rest.stream().filter(i -> isFlag(table.values(i))).toList();
        boolean attributes = label.isEmpty() && !rest.isEmpty() && flags.size() == rest.size() && rest.size() > 1;
        if (label.isEmpty() && !attributes && caption.isEmpty()) {
            label = only(table, rest);
        }
        if (label.isEmpty() && !attributes && caption.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> read = new ArrayList<>(attributes ? rest : List.of());
        label.ifPresent(read::add);
        List<String> unread = rest.stream()
                .filter(i -> !read.contains(i))
                .map(table.columns()::get)
                .toList();
        return Optional.of(new LabelColumns(label, attributes ? rest : List.of(), caption, split, unread));
    }

    /** The same columns of another table by their names; empty if it lacks one of what is said of pictures. */
    Optional<LabelColumns> in(LabelTable own, LabelTable other) {
        List<Integer> wanted = new ArrayList<>(attributes);
        label.ifPresent(wanted::add);
        caption.ifPresent(wanted::add);
        Map<Integer, Integer> places = new HashMap<>();
        wanted.forEach(i -> places.put(i, other.columns().indexOf(own.columns().get(i))));
        boolean all = !places.containsValue(-1)
                && attributes.stream().allMatch(i -> isFlag(other.values(places.get(i))))
                && label.map(i -> other.values(places.get(i)).stream().noneMatch(String::isEmpty))
                        .orElse(true);
        return all
                ? Optional.of(new LabelColumns(
                        label.map(places::get),
                        attributes.stream().map(places::get).toList(),
                        caption.map(places::get),
                        Optional.empty(),
                        List.of()))
                : Optional.empty();
    }

    private static String name(LabelTable table, int column) {
        return table.columns().get(column).toLowerCase(Locale.ROOT);
    }

    private static Optional<Integer> said(LabelTable table, Optional<String> said) {
        return said.map(name -> {
            int column = table.columns().indexOf(name);
            if (column < 0) {
                throw new InputException(Words.of(
                        "%s has no column %s; it has %s.", table.file(), name, String.join(", ", table.columns())));
            }
            return column;
        });
    }

    /** By its usual name; of two that say the same, the one in words. */
    private static Optional<Integer> named(LabelTable table, List<Integer> rest) {
        List<Integer> known =
                rest.stream().filter(i -> isLabel(table.columns().get(i))).toList();
        for (int other : known.subList(Math.min(1, known.size()), known.size())) {
            if (!sameClasses(table.values(known.get(0)), table.values(other))) {
                throw which(table, known);
            }
        }
        return known.stream()
                .filter(i -> !table.values(i).stream().allMatch(value -> value.matches("\\d+")))
                .findFirst()
                .or(() -> known.stream().findFirst());
    }

    private static Optional<Integer> only(LabelTable table, List<Integer> rest) {
        if (rest.size() > 1) {
            throw which(table, rest);
        }
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        List<String> values = table.values(rest.get(0));
        if (values.size() >= FEW && new HashSet<>(values).size() == values.size()) {
            throw new InputException(Words.of(
                    "%s: every row has a value of its own in %s, so these are no classes. If they are captions say so (data.columns.caption=%s), else move the list away.",
                    table.file(),
                    table.columns().get(rest.get(0)),
                    table.columns().get(rest.get(0))));
        }
        return Optional.of(rest.get(0));
    }

    private static InputException which(LabelTable table, List<Integer> columns) {
        String names = columns.stream().map(table.columns()::get).collect(Collectors.joining(", "));
        return new InputException(Words.of(
                "%s has several columns that may be classes (%s); say which (data.columns.label=%s), or move the list away.",
                table.file(), names, table.columns().get(columns.get(0))));
    }

    private static boolean isFlag(List<String> values) {
        return values.stream().allMatch(value -> value.matches("[01](\\.0+)?"));
    }

    /** Whether each value of one column stands beside one of the other alone, and the other way round. */
    static boolean sameClasses(List<String> a, List<String> b) {
        Map<String, String> there = new HashMap<>();
        Map<String, String> back = new HashMap<>();
        for (int i = 0; i < a.size(); i++) {
            boolean same = b.get(i).equals(there.computeIfAbsent(a.get(i), at(b, i)))
                    && a.get(i).equals(back.computeIfAbsent(b.get(i), at(a, i)));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static Function<String, String> at(List<String> values, int index) {
        return key -> values.get(index);
    }
}
