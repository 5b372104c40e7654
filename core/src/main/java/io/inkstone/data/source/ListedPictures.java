package io.inkstone.data.source;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes a set of the rows of a list: captions, classes, parts, and which picture files they mean. */
final class ListedPictures {
    private static final List<String> FILES = List.of("file_name", "filename", "image", "file", "path", "image_path");
    private static final List<String> TEXTS = List.of("text", "caption", "captions", "prompt", "description");
    private static final List<String> CLASSES = List.of("label", "class", "category");
    private static final String PART = "split";

    private final Origin origin;
    private final Path list;
    private final Map<String, Picture> pictures = new LinkedHashMap<>();
    private final PictureNames names;

    /** One picture of the list, with what its rows say. */
    private static final class Picture {
        private final Path file;
        private final String name;
        private final List<String> captions = new ArrayList<>();
        private String label = "";
        private Optional<Split> part = Optional.empty();

        Picture(Path file, String name) {
            this.file = file;
            this.name = name;
        }
    }

    private ListedPictures(Origin origin, Path list) throws IOException {
        this.origin = origin;
        this.list = list;
        this.names = new PictureNames(origin);
    }

    static DataSet open(Origin origin, Path list, List<ListedRow> rows) throws IOException {
        if (rows.isEmpty()) {
            throw new InputException(list + " is empty; a line with file_name and text for each picture was expected.");
        }
        return new ListedPictures(origin, list).of(rows);
    }

    private DataSet of(List<ListedRow> rows) throws IOException {
        DataOptions options = origin.options();
        String fileKey = options.image().or(() -> ListedRow.key(rows, FILES)).orElse("file_name");
        Optional<String> label = options.label().or(() -> ListedRow.key(rows, CLASSES));
        Optional<String> said = options.caption().or(() -> ListedRow.key(rows, TEXTS));
        Optional<String> text = said.isEmpty() && label.isEmpty() ? Optional.of("text") : said;
        boolean divided = rows.stream().allMatch(row -> row.has(PART));
        for (ListedRow row : rows) {
            Picture picture = picture(row, row.word(fileKey));
            text.ifPresent(key -> picture.captions.addAll(row.words(key)));
            label.ifPresent(key -> classify(picture, row, row.label(key)));
            picture.part = divided ? part(row) : picture.part;
        }
        sayLeftOut(rows, fileKey, label, text);
        List<Picture> all = List.copyOf(pictures.values());
        Labels labels = labels(all, label.isPresent());
        DataInfo labelled = labels.describe(DataInfo.of(origin.name(), all.size(), Optional.empty(), 3));
        EncodedPictures set = new EncodedPictures(
                text.isPresent() ? labelled.withCaptions() : labelled,
                index -> Origin.bytes(all.get(index).file),
                index -> new Entry(all.get(index).name, labels.contexts()[index], all.get(index).captions),
                origin.archive());
        return PartIndices.of(set, all.stream().map(picture -> picture.part).toList(), origin.left());
    }

    private Picture picture(ListedRow row, String written) {
        Path file = names.file(row, written);
        String name = written.replace('\\', '/');
        return pictures.computeIfAbsent(file.toString(), path -> {
            Picture picture = new Picture(file, name);
            picture.part = partOf(name);
            return picture;
        });
    }

    /** By the first folder of the name that is called like a part. */
    private static Optional<Split> partOf(String name) {
        String[] folders = name.split("/");
        for (int i = 0; i < folders.length - 1; i++) {
            Optional<Split> part = PartName.of(folders[i]);
            if (part.isPresent()) {
                return part;
            }
        }
        return Optional.empty();
    }

    private static Optional<Split> part(ListedRow row) {
        String word = row.word(PART);
        Optional<Split> part = PartName.of(word);
        if (part.isEmpty()) {
            throw new InputException(Words.of(
                    "%s: the part \"%s\" is unknown; train, validation or test were expected.", row.where(), word));
        }
        return part;
    }

    private static void classify(Picture picture, ListedRow row, String label) {
        if (!picture.label.isEmpty() && !picture.label.equals(label)) {
            throw new InputException(Words.of(
                    "%s: the picture %s is in two classes, %s and %s.",
                    row.where(), picture.name, picture.label, label));
        }
        picture.label = label;
    }

    /** Names by the alphabet; where all are numbers, numbers from 0 on. */
    private static Labels labels(List<Picture> all, boolean labelled) {
        return labelled
                ? Labels.ofNames(all.stream().map(picture -> picture.label).toList())
                : Labels.none(all.size());
    }

    private void sayLeftOut(List<ListedRow> rows, String fileKey, Optional<String> label, Optional<String> text) {
        Set<String> unread = new TreeSet<>();
        rows.forEach(row -> row.node().fieldNames().forEachRemaining(unread::add));
        unread.removeAll(List.of(fileKey, label.orElse(fileKey), text.orElse(fileKey), PART));
        if (!unread.isEmpty()) {
            origin.left().note(Words.of("Not read from %s: %s.", list.getFileName(), String.join(", ", unread)));
        }
        Set<String> used = new HashSet<>(pictures.keySet());
        long unlisted = names.all().stream()
                .filter(file -> !used.contains(file.toString()))
                .count();
        if (unlisted > 0) {
            origin.left()
                    .note(Words.of(
                            "Left out: %s that %s does not name.",
                            Counted.of((int) unlisted, "picture"), list.getFileName()));
        }
    }
}
