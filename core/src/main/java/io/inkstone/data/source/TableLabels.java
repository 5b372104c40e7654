package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Classes or attributes out of the values of a table. */
final class TableLabels {
    /** Columns whose names promise several values a row. */
    private static final Set<String> SEVERAL =
            Set.of("labels", "tags", "classes", "attributes", "attribute_ids", "targets");

    private TableLabels() {}

    /** Columns of 0 and 1: classes where each row has exactly one 1, otherwise attributes. */
    static Labels flags(List<String> names, List<List<String>> columns) {
        int rows = columns.get(0).size();
        float[][] contexts = new float[rows][names.size()];
        boolean exclusive = true;
        for (int i = 0; i < rows; i++) {
            int ones = 0;
            for (int k = 0; k < names.size(); k++) {
                contexts[i][k] = columns.get(k).get(i).startsWith("1") ? 1 : 0;
                ones += (int) contexts[i][k];
            }
            exclusive &= ones == 1;
        }
        return new Labels(List.copyOf(names), exclusive, contexts);
    }

    /**
     * A column of classes, or of several attributes a row where their signs between say so.
     *
     * @param whole somebody said that each value is one class
     */
    static Labels column(LabelTable table, String name, List<String> values, boolean whole) {
        int empty = values.indexOf("");
        if (empty >= 0) {
            throw new InputException(Words.of(
                    "%s: %d of %d rows have nothing in %s, the first is row %d; give each a class, or remove them.",
                    table.file(), values.stream().filter(String::isEmpty).count(), values.size(), name, empty + 2));
        }
        if (values.stream().allMatch(value -> value.matches("[-+]?\\d*\\.?\\d+([eE][-+]?\\d+)?"))
                && values.stream().anyMatch(value -> !value.matches("\\d+(\\.0+)?"))) {
            throw new InputException(Words.of(
                    "%s: the column %s holds numbers such as %s, which are no classes. Say which column is (data.columns.label=NAME), or move the list away.",
                    table.file(),
                    name,
                    values.stream()
                            .filter(value -> !value.matches("\\d+(\\.0+)?"))
                            .findFirst()
                            .orElse("")));
        }
        String between = whole ? "" : between(table, name, values);
        return between.isEmpty() ? classes(values) : attributes(values, between);
    }

    /** What divides several values of a row; empty where each row has one. */
    private static String between(LabelTable table, String name, List<String> values) {
        for (String sign : List.of("|", ";")) {
            if (values.stream().anyMatch(value -> value.contains(sign))) {
                return "\\s*[" + sign + "]\\s*";
            }
        }
        String words = "[\\s,]+";
        List<String> several =
                values.stream().filter(value -> value.split(words).length > 1).toList();
        if (several.isEmpty()) {
            return "";
        }
        if (values.stream().allMatch(value -> value.matches("\\d+([\\s,]+\\d+)*"))) {
            return words;
        }
        if (!SEVERAL.contains(name.toLowerCase(Locale.ROOT))) {
            return "";
        }
        Set<String> alone = new HashSet<>(values);
        if (several.stream().allMatch(value -> alone.containsAll(List.of(value.split(words))))) {
            return words;
        }
        throw new InputException(Words.of(
                "%s: \"%s\" in the column %s may be one class or several attributes. For whole values say so (data.columns.label=%s); for attributes put | between them.",
                table.file(), several.get(0), name, name));
    }

    private static Labels attributes(List<String> values, String between) {
        List<Set<String>> each = values.stream()
                .map(value -> (Set<String>) new LinkedHashSet<>(Arrays.asList(value.split(between))))
                .toList();
        List<String> names = sorted(each.stream().flatMap(Set::stream).collect(Collectors.toSet()));
        float[][] contexts = new float[values.size()][names.size()];
        for (int i = 0; i < contexts.length; i++) {
            for (int k = 0; k < names.size(); k++) {
                contexts[i][k] = each.get(i).contains(names.get(k)) ? 1 : 0;
            }
        }
        return new Labels(names, false, contexts);
    }

    /** Numbers from 0 on only where most of them occur: ids of classes may be any. */
    private static Labels classes(List<String> values) {
        List<String> plain = values.stream()
                .map(value -> value.matches("\\d+\\.0+") ? value.substring(0, value.indexOf('.')) : value)
                .toList();
        List<String> names = sorted(new HashSet<>(plain));
        String last = names.get(names.size() - 1);
        if (last.matches("\\d{1,5}") && Integer.parseInt(last) < 2 * names.size()) {
            return Labels.ofNames(plain);
        }
        Function<String, Integer> place = names::indexOf;
        var places = names.stream().collect(Collectors.toMap(Function.identity(), place));
        return Labels.ofClasses(plain.stream().mapToInt(places::get).toArray(), names);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().allMatch(name -> name.matches("\\d{1,9}"))
                ? names.stream()
                        .sorted(Comparator.comparingInt(Integer::parseInt))
                        .toList()
                : List.copyOf(new TreeSet<>(names));
    }
}
