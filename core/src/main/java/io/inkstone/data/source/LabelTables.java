package io.inkstone.data.source;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tables beside folders of pictures, as competitions hand them out: {@code train.csv} with {@code id} and {@code label},
 * pictures in {@code train/}. Pictures that no table names, such as those of a test part whose labels are kept secret, are
 * left out.
 */
final class LabelTables {
    private final Origin origin;
    private final ListedFiles files;
    private final List<Path> all;

    private LabelTables(Origin origin, Tree tree) {
        this.origin = origin;
        this.all = tree.all();
        this.files = new ListedFiles(origin.root(), all);
    }

    static Optional<Finding> find(Origin origin, Tree tree) throws IOException {
        List<Path> lists = tree.others().stream()
                .filter(file -> Folders.extension(Folders.name(file)).equals("csv"))
                .filter(file -> !CelebaLists.isList(file))
                .toList();
        return lists.isEmpty() || !tree.hasPictures() ? Optional.empty() : new LabelTables(origin, tree).find(lists);
    }

    /** A table with what its columns say. */
    private record Read(LabelTable table, LabelColumns columns) {}

    private Optional<Finding> find(List<Path> lists) throws IOException {
        Optional<Read> train = Optional.empty();
        List<LabelTable> heldOut = new ArrayList<>();
        for (Path list : lists) {
            Optional<LabelTable> table = isPlaceholder(list)
                    ? Optional.empty()
                    : LabelTable.of(list, files, origin.options().image());
            if (table.isPresent() && table.get().part().orElse(Split.TRAIN) != Split.TRAIN) {
                heldOut.add(table.get());
            } else if (table.isPresent() && !foldersSay(table.get())) {
                Optional<LabelColumns> columns = LabelColumns.of(table.get(), origin.options());
                if (columns.isPresent() && train.isPresent()) {
                    throw new InputException(Words.of(
                            "%s holds two lists of its pictures, %s and %s. Move one away.",
                            origin.nameOf(origin.root()),
                            Folders.name(train.get().table().file()),
                            Folders.name(list)));
                }
                train = columns.isPresent() ? columns.map(found -> new Read(table.get(), found)) : train;
            }
        }
        return train.map(found -> new Finding(
                Finding.Kind.CAPTIONS,
                Folders.name(found.table().file()),
                "a folder without the other",
                () -> open(found, heldOut, lists)));
    }

    /** Examples of what to hand in have labels that mean nothing. */
    private static boolean isPlaceholder(Path list) {
        return Folders.name(list).toLowerCase(Locale.ROOT).contains("submission");
    }

    /** Whether class folders say it already; where they say something else, it cannot be told which is right. */
    private boolean foldersSay(LabelTable table) {
        if (origin.options().label().isPresent() || origin.options().caption().isPresent()) {
            return false;
        }
        List<String> folders = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            List<Path> found = files.named(table.rows().get(i).get(table.key()), table.part());
            if (found.size() == 1) {
                folders.add(files.folderOf(found.get(0)).orElse(""));
                rows.add(i);
            }
        }
        if (new HashSet<>(folders).size() < 2 || folders.contains("")) {
            return false;
        }
        List<String> named = new ArrayList<>();
        for (int k = 0; k < table.columns().size(); k++) {
            if (LabelColumns.isLabel(table.columns().get(k))) {
                List<String> values = table.values(k);
                if (LabelColumns.sameClasses(
                        folders, rows.stream().map(values::get).toList())) {
                    return true;
                }
                named.add(table.columns().get(k));
            }
        }
        if (!named.isEmpty()) {
            throw new InputException(Words.of(
                    "%s says other classes (%s) than the folders in which its pictures lie (%s/, …). To take the list's, name the column (data.columns.label=%s); to take the folders', move the list away.",
                    table.file(), named.get(0), folders.get(0), named.get(0)));
        }
        return true;
    }

    private DataSet open(Read train, List<LabelTable> others, List<Path> lists) throws IOException {
        Map<Split, DataSet> parts = new EnumMap<>(Split.class);
        Map<Path, Path> used = new HashMap<>();
        DataSet set = set(train, used);
        parts.put(Split.TRAIN, set);
        Set<Path> read = new HashSet<>(Set.of(train.table().file()));
        for (LabelTable other : others) {
            Optional<LabelColumns> same = train.columns().in(train.table(), other);
            if (same.isEmpty()) {
                origin.left()
                        .note(Words.of(
                                "Left out: what %s names; it does not say what %s says of its pictures.",
                                Folders.name(other.file()),
                                Folders.name(train.table().file())));
            } else if (set.heldOut().isPresent()
                    || parts.put(other.part().orElseThrow(), set(new Read(other, same.get()), used)) != null) {
                throw new InputException(Words.of(
                        "%s holds one part twice: %s names pictures of it, and something else does too. Move one list away.",
                        origin.nameOf(origin.root()), Folders.name(other.file())));
            }
            read.add(other.file());
        }
        sayLeftOut(train, used.keySet(), read, lists);
        return parts.size() == 1 ? set : PartAgreement.of(origin, parts);
    }

    /** @param used pictures with the list that names each */
    private DataSet set(Read read, Map<Path, Path> used) throws IOException {
        LabelTable table = read.table();
        LabelColumns columns = read.columns();
        List<Path> rows = table.pictures(files);
        Labels said = labels(table, columns);
        Map<Path, Integer> firsts = new LinkedHashMap<>();
        Map<Path, List<String>> captions = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Path file = rows.get(i);
            Path before = used.putIfAbsent(file, table.file());
            int first = firsts.merge(file, i, Math::min);
            boolean differs = !Arrays.equals(said.contexts()[first], said.contexts()[i]);
            if (before != null && !before.equals(table.file()) || differs) {
                throw new InputException(Words.of(
                        "%s, row %d: %s has a row already%s. Keep one.",
                        table.file(),
                        i + 2,
                        table.rows().get(i).get(table.key()),
                        differs ? " that says something else" : " in " + Folders.name(before)));
            }
            int row = i;
            columns.caption()
                    .map(column -> table.rows().get(row).get(column).strip())
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> captions.computeIfAbsent(file, key -> new ArrayList<>())
                            .add(text));
        }
        List<Path> each = List.copyOf(firsts.keySet());
        float[][] contexts =
                firsts.values().stream().map(row -> said.contexts()[row]).toArray(float[][]::new);
        Sidecars texts = columns.caption().isEmpty()
                ? Sidecars.NONE
                : new Sidecars(each.stream()
                        .map(file -> captions.getOrDefault(file, List.of()))
                        .toList());
        PictureSet set =
                EncodedPictures.ofFiles(origin, each, new Labels(said.names(), said.exclusive(), contexts), texts);
        if (table.part().isPresent() && columns.split().isEmpty()) {
            return DataSet.of(set);
        }
        List<Optional<Split>> parts = firsts.entrySet().stream()
                .map(entry -> columns.split()
                        .map(column ->
                                PartName.of(table.rows().get(entry.getValue()).get(column)))
                        .orElseGet(() -> files.partOf(entry.getKey())))
                .toList();
        return PartIndices.of(set, parts, origin.left());
    }

    private Labels labels(LabelTable table, LabelColumns columns) {
        if (columns.label().isPresent()) {
            int column = columns.label().get();
            String name = table.columns().get(column);
            boolean whole = origin.options().label().isPresent();
            return TableLabels.column(table, name, table.values(column), whole);
        }
        if (columns.attributes().isEmpty()) {
            return Labels.none(table.rows().size());
        }
        return TableLabels.flags(
                columns.attributes().stream().map(table.columns()::get).toList(),
                columns.attributes().stream().map(table::values).toList());
    }

    private void sayLeftOut(Read train, Set<Path> used, Set<Path> read, List<Path> lists) {
        String list = Folders.name(train.table().file());
        if (!train.columns().unread().isEmpty()) {
            origin.left()
                    .note(Words.of(
                            "Not read from %s: %s.",
                            list, String.join(", ", train.columns().unread())));
        }
        List<Path> unlisted = all.stream().filter(file -> !used.contains(file)).toList();
        if (!unlisted.isEmpty()) {
            origin.left()
                    .note(Words.of(
                            "Left out: %s that %s does not name (%s%s).",
                            Counted.of(unlisted.size(), "picture"),
                            list,
                            Origin.relative(origin.root(), unlisted.get(0)),
                            unlisted.size() > 1 ? ", …" : ""));
        }
        lists.stream().filter(file -> !read.contains(file)).forEach(origin.left()::other);
    }
}
