package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CIFAR-10 and CIFAR-100 as their author hands them out: 32×32 pictures by colour planes, in the binary form ({@code
 * data_batch_1.bin}, {@code train.bin}) or the pickles of the Python form ({@code data_batch_1}, {@code train}).
 */
final class CifarPictures {
    static final int SIDE = 32;
    static final int BYTES = 3 * SIDE * SIDE;

    /** One of the two sets in one of the two forms. */
    private enum Edition {
        TEN_BINARY("data_batch_1.bin", "data_batch_\\d\\.bin", "test_batch.bin", "batches.meta.txt"),
        HUNDRED_BINARY("train.bin", "train\\.bin", "test.bin", "fine_label_names.txt"),
        TEN_PICKLED("data_batch_1", "data_batch_\\d", "test_batch", "batches.meta"),
        HUNDRED_PICKLED("train", "train", "test", "meta");

        private final String first;
        private final String train;
        private final String test;
        private final String names;

        Edition(String first, String train, String test, String names) {
            this.first = first;
            this.train = train;
            this.test = test;
            this.names = names;
        }

        private boolean isAt(Path folder) {
            return Files.isRegularFile(folder.resolve(first)) && Files.isRegularFile(folder.resolve(names));
        }

        private boolean binary() {
            return this == TEN_BINARY || this == HUNDRED_BINARY;
        }

        /** Where the wanted label lies before the planes of the binary form, and how many labels there are. */
        private int labels() {
            return this == HUNDRED_BINARY ? 2 : 1;
        }
    }

    private CifarPictures() {}

    static Optional<Finding> find(Origin origin) throws IOException {
        for (Edition edition : Edition.values()) {
            if (edition.isAt(origin.root())) {
                return Optional.of(new Finding(
                        Finding.Kind.CIFAR, edition.first, "a folder without the other", () -> open(origin, edition)));
            }
        }
        return Optional.empty();
    }

    private static DataSet open(Origin origin, Edition edition) throws IOException {
        List<Path> train = Folders.files(origin.root()).stream()
                .filter(file -> Folders.name(file).matches(edition.train))
                .toList();
        List<String> names = names(origin.root().resolve(edition.names), edition);
        Map<Split, DataSet> parts = new EnumMap<>(Split.class);
        parts.put(Split.TRAIN, DataSet.of(part(origin, edition, train, names)));
        Path test = origin.root().resolve(edition.test);
        if (Files.isRegularFile(test)) {
            parts.put(Split.TEST, DataSet.of(part(origin, edition, List.of(test), names)));
        }
        if (edition.labels() == 2 || edition == Edition.HUNDRED_PICKLED) {
            origin.left().note("Classes are the 100 fine ones; the 20 coarse ones are not read.");
        }
        if (edition.labels() == 1 && train.size() != 5 && edition != Edition.HUNDRED_PICKLED) {
            origin.left().note(Words.of("%d of the 5 training batches of CIFAR-10 are there.", train.size()));
        }
        return PartAgreement.of(origin, parts);
    }

    private static List<String> names(Path file, Edition edition) throws IOException {
        if (edition.binary()) {
            return NpyLabels.lines(Origin.text(file));
        }
        Map<?, ?> meta = dictionary(file);
        Object names = meta.get(edition == Edition.TEN_PICKLED ? "label_names" : "fine_label_names");
        if (!(names instanceof List<?> list)) {
            throw new InputException(file + " names no classes; a pickle of CIFAR was expected.");
        }
        return list.stream().map(CifarPictures::text).toList();
    }

    private static Map<?, ?> dictionary(Path file) throws IOException {
        Object value = BatchPickle.read(file);
        if (!(value instanceof Map<?, ?> map)) {
            throw new InputException(file + " holds no dictionary; a pickle of CIFAR was expected.");
        }
        Map<String, Object> named = new HashMap<>();
        map.forEach((key, entry) -> named.put(text(key), entry));
        return named;
    }

    /** Python 2 wrote texts as bytes. */
    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(value);
    }

    private static ArrayPictures part(Origin origin, Edition edition, List<Path> files, List<String> names)
            throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path file : files) {
            if (edition.binary()) {
                binary(file, edition.labels(), pictures, labels);
            } else {
                pickled(file, edition, pictures, labels);
            }
        }
        for (int label : labels) {
            if (label < 0 || label >= names.size()) {
                throw new InputException(Words.of(
                        "%s has the class %d, but only %d are named; these files do not belong together.",
                        files.get(0), label, names.size()));
            }
        }
        Labels of = Labels.ofClasses(labels.stream().mapToInt(k -> k).toArray(), names);
        ArrayPictures.Bytes planes = (index, into, offset) -> {
            byte[] picture = pictures.get(index);
            for (int i = 0; i < BYTES; i++) {
                into[offset + i] = picture[i % 3 * SIDE * SIDE + i / 3];
            }
        };
        return new ArrayPictures(origin.name(), SIDE, SIDE, 3, planes, of);
    }

    private static void binary(Path file, int before, List<byte[]> pictures, List<Integer> labels) throws IOException {
        byte[] all = Origin.bytes(file);
        int row = before + BYTES;
        if (all.length == 0 || all.length % row != 0) {
            throw new InputException(Words.of(
                    "%s is cut short or damaged: its %d bytes are not rows of %d. Fetch it again.",
                    file, all.length, row));
        }
        for (int at = 0; at < all.length; at += row) {
            labels.add(all[at + before - 1] & 0xFF);
            pictures.add(Arrays.copyOfRange(all, at + before, at + row));
        }
    }

    private static void pickled(Path file, Edition edition, List<byte[]> pictures, List<Integer> labels)
            throws IOException {
        Map<?, ?> batch = dictionary(file);
        Object data = batch.get("data");
        Object classes = batch.get(edition == Edition.TEN_PICKLED ? "labels" : "fine_labels");
        if (!(data instanceof byte[] all) || !(classes instanceof List<?> list) || all.length != list.size() * BYTES) {
            throw new InputException(Words.of(
                    "%s holds no data [N, %d] with as many labels; a batch of CIFAR was expected.", file, BYTES));
        }
        for (int i = 0; i < list.size(); i++) {
            labels.add(list.get(i) instanceof Long label ? label.intValue() : -1);
            pictures.add(Arrays.copyOfRange(all, i * BYTES, (i + 1) * BYTES));
        }
    }
}
