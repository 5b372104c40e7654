package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MNIST and the sets that copy its files: {@code train-images-idx3-ubyte} with {@code train-labels-idx1-ubyte}, {@code
 * t10k-…} for the test part, plain or .gz; EMNIST with its prefix and {@code test-…}.
 */
final class IdxPictures {
    private static final Pattern IMAGES = Pattern.compile("(.*?)(train|t10k|test)-images[-.]idx3-ubyte(\\.gz)?");
    private static final int TRAIN = 0;
    private static final int TEST = 1;

    private IdxPictures() {}

    /** The picture files of one set in one folder. */
    private record Family(String prefix, Path[] images) {}

    static boolean isImages(Path file) {
        return IMAGES.matcher(file.getFileName().toString()).matches();
    }

    static Optional<Finding> find(Origin origin) throws IOException {
        Map<String, Family> families = families(origin.root());
        if (families.isEmpty()) {
            return Optional.empty();
        }
        List<String> seen = new ArrayList<>();
        for (Family family : families.values()) {
            Path first = family.images()[TRAIN] != null ? family.images()[TRAIN] : family.images()[TEST];
            seen.add(first.getFileName().toString());
        }
        if (families.size() > 1) {
            throw new InputException(Words.of(
                    "%s holds %d IDX sets; point at the pictures of one: %s.",
                    origin.name(), families.size(), String.join(", ", seen)));
        }
        Family family = families.values().iterator().next();
        return Optional.of(new Finding(Finding.Kind.IDX, seen.get(0), seen.get(0), () -> open(origin.name(), family)));
    }

    /** Opens the set that a file of pictures belongs to. */
    static DataSet open(Path images) throws IOException {
        Matcher name = IMAGES.matcher(images.getFileName().toString());
        if (!name.matches()) {
            throw new InputException(images + " is not named like an IDX file of pictures.");
        }
        Path folder = images.toAbsolutePath().getParent();
        return open(images.toString(), families(folder).get(name.group(1)));
    }

    private static Map<String, Family> families(Path folder) throws IOException {
        Map<String, Family> families = new TreeMap<>();
        for (Path file : Folders.files(folder)) {
            Matcher name = IMAGES.matcher(file.getFileName().toString());
            if (name.matches()) {
                Family family = families.computeIfAbsent(name.group(1), prefix -> new Family(prefix, new Path[2]));
                int part = name.group(2).equals("train") ? TRAIN : TEST;
                // Sorted by name, so the plain file comes before its .gz and is kept.
                family.images()[part] = family.images()[part] == null ? file : family.images()[part];
            }
        }
        return families;
    }

    private static DataSet open(String name, Family family) throws IOException {
        if (family.images()[TRAIN] == null) {
            throw new InputException(Words.of(
                    "%s has the test part %s but no training part (%strain-images-idx3-ubyte.gz). Add it.",
                    name, family.images()[TEST].getFileName(), family.prefix()));
        }
        PictureSet train = part(name, family, family.images()[TRAIN], Optional.empty());
        Optional<PictureSet> test = family.images()[TEST] == null
                ? Optional.empty()
                : Optional.of(part(
                        name,
                        family,
                        family.images()[TEST],
                        Optional.of(train.info().classes())));
        return new DataSet(train, Optional.empty(), test);
    }

    private static PictureSet part(String name, Family family, Path file, Optional<List<String>> known)
            throws IOException {
        Path labelFile = labelsOf(file);
        byte[] numbers = IdxFile.read(labelFile, 1).data().array();
        IdxFile pictures = IdxFile.read(file, 3);
        int[] dims = pictures.dims();
        if (dims[0] != numbers.length) {
            throw new InputException(Words.of(
                    "%s has %d pictures, but %s has %d labels; they must come from the same set.",
                    file, dims[0], labelFile.getFileName(), numbers.length));
        }
        int[] classes = classes(labelFile, numbers, IdxNames.firstLabel(family.prefix()));
        int count = 1 + Arrays.stream(classes).max().orElse(0);
        Path list = file.resolveSibling("classes.txt");
        List<String> names = known.isPresent()
                ? known.get()
                : Files.isRegularFile(list)
                        ? NpyLabels.lines(Origin.text(list))
                        : IdxNames.of(
                                family.prefix(),
                                String.valueOf(file.toAbsolutePath().getParent()),
                                numbers,
                                count);
        if (names.size() < count) {
            throw new InputException(Words.of(
                    "%s has label %d, but only %d classes are known: %s.",
                    labelFile, count - 1, names.size(), String.join(", ", names)));
        }
        return pictures(name, pictures, Labels.ofClasses(classes, names), IdxNames.isTransposed(family.prefix()));
    }

    static ArrayPictures pictures(String name, IdxFile file, Labels labels, boolean transposed) {
        int height = file.dims()[1];
        int width = file.dims()[2];
        ArrayPictures.Bytes plain = NpyPictures.over(file.data(), height * width);
        if (!transposed) {
            return new ArrayPictures(name, width, height, 1, plain, labels);
        }
        byte[] data = file.data().array();
        ArrayPictures.Bytes upright = (index, into, offset) -> {
            int start = index * height * width;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    into[offset + x * height + y] = data[start + y * width + x];
                }
            }
        };
        return new ArrayPictures(name, height, width, 1, upright, labels);
    }

    private static int[] classes(Path file, byte[] labels, int first) {
        int[] classes = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            classes[i] = (labels[i] & 0xFF) - first;
            if (classes[i] < 0) {
                throw new InputException(Words.of("%s: label %d is 0, but these labels start at 1.", file, i));
            }
        }
        return classes;
    }

    /** The labels beside a file of pictures, plain or .gz whichever is there. */
    private static Path labelsOf(Path images) {
        String name = images.getFileName().toString().replaceFirst("\\.gz$", "");
        String labels = name.replace("-images", "-labels").replace("idx3", "idx1");
        Path plain = images.resolveSibling(labels);
        Path packed = images.resolveSibling(labels + ".gz");
        if (!Files.isRegularFile(plain) && !Files.isRegularFile(packed)) {
            throw new InputException(
                    Words.of("%s has no labels beside it; %s or %s.gz was expected.", images, labels, labels));
        }
        return Files.isRegularFile(plain) ? plain : packed;
    }
}
