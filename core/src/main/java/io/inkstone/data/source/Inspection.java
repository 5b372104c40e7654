package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.CropLoss;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PackedCache;
import io.inkstone.data.ParallelPass;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Transform;
import io.inkstone.image.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * What a path holds, found by decoding every picture.
 *
 * @param path as it was given
 * @param kind in words, empty if nothing could be opened
 * @param parts train, and validation and test where there are any
 * @param problem why nothing could be opened, or why it had better not be used
 * @param subfolders what lies in each folder below, in words
 */
public record Inspection(
        String path, String kind, List<Part> parts, Optional<String> problem, Map<String, String> subfolders) {

    /**
     * One part of the set.
     *
     * @param name train, validation or test
     * @param info as training will see it
     * @param sizes pictures by size, such as {@code 178×218}
     * @param classes pictures by class or attribute, in index order
     * @param captions the first few
     * @param damaged a sentence for each picture that cannot be read
     * @param small names of pictures smaller than the crop
     */
    public record Part(
            String name,
            DataInfo info,
            Map<String, Integer> sizes,
            Map<String, Integer> classes,
            List<String> captions,
            List<String> damaged,
            List<String> small) {}

    private static final int CAPTIONS = 3;

    /**
     * Looks at an embedded set, a file or a folder.
     *
     * @param crop the side of the crop that a recipe makes, if any; none is made of pictures that are cropped already
     * @param progress told the pictures decoded so far in a part, from any thread
     */
    public static Inspection of(String pathOrName, OptionalInt crop, IntConsumer progress) {
        Map<String, String> below = Map.of();
        String kind = "";
        if (Embedded.named(pathOrName).isEmpty()) {
            Folders.existing(Path.of(pathOrName));
            below = Subfolders.of(Path.of(pathOrName));
            kind = Subfolders.kind(Path.of(pathOrName));
        } else {
            kind = "an embedded set";
        }
        try (DataSet set = DataSource.open(pathOrName)) {
            Optional<String> damage = Optional.empty();
            if (set.train() instanceof PackedCache packed) {
                damage = damage(packed);
                kind = Words.of(
                        "%s, prepared from %s%s",
                        kind, packed.source(), damage.isEmpty() ? "; its checksum is right" : "");
            }
            List<Part> parts = new ArrayList<>();
            parts.add(part("train", set.train(), crop, progress));
            set.validation().ifPresent(part -> parts.add(part("validation", part, crop, progress)));
            set.test().ifPresent(part -> parts.add(part("test", part, crop, progress)));
            return new Inspection(pathOrName, kind, parts, damage, below);
        } catch (InputException e) {
            return new Inspection(pathOrName, "", List.of(), Optional.of(e.getMessage()), below);
        }
    }

    /** What is wrong with a prepared file, found by reading all of it; pictures in it are not encoded, so nothing else tells. */
    private static Optional<String> damage(PackedCache packed) {
        try {
            packed.verify();
            return Optional.empty();
        } catch (InputException damaged) {
            return Optional.of(damaged.getMessage());
        } catch (IOException failure) {
            return Optional.of(failure.getMessage());
        }
    }

    private static Part part(String name, PictureSet set, OptionalInt crop, IntConsumer progress) {
        Map<String, Integer> sizes = new ConcurrentHashMap<>();
        int least = set.info().cropped() ? 0 : crop.orElse(0);
        List<Integer> small = Collections.synchronizedList(new ArrayList<>());
        Map<Integer, String> damaged = new ConcurrentHashMap<>();
        CropLoss loss = new CropLoss(new Transform(least == 0 ? OptionalInt.empty() : crop, 1, 3));
        ParallelPass.over(
                set.count(),
                index -> {
                    try {
                        Pixels pixels = set.pixels(index);
                        sizes.merge(new DataInfo.Side(pixels.width(), pixels.height()).toString(), 1, Integer::sum);
                        loss.add(pixels.width(), pixels.height());
                        if (Math.min(pixels.width(), pixels.height()) < least) {
                            small.add(index);
                        }
                    } catch (InputException e) {
                        damaged.put(index, e.getMessage());
                    }
                },
                progress);
        List<String> names =
                small.stream().sorted().map(i -> set.entry(i).name()).toList();
        List<String> reasons = List.copyOf(new TreeMap<>(damaged).values());
        DataInfo info = loss.words().map(set.info()::withNote).orElse(set.info());
        return new Part(name, info, mostFirst(sizes), classes(set), captions(set), reasons, names);
    }

    private static Map<String, Integer> mostFirst(Map<String, Integer> counts) {
        Map<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static Map<String, Integer> classes(PictureSet set) {
        List<String> names = set.info().classes();
        int[] counts = new int[names.size()];
        for (int i = 0; i < set.count(); i++) {
            float[] context = set.entry(i).context();
            for (int k = 0; k < counts.length; k++) {
                counts[k] += context[k] > 0.5 ? 1 : 0;
            }
        }
        Map<String, Integer> classes = new LinkedHashMap<>();
        for (int k = 0; k < counts.length; k++) {
            classes.put(names.get(k), counts[k]);
        }
        return classes;
    }

    private static List<String> captions(PictureSet set) {
        List<String> captions = new ArrayList<>();
        for (int i = 0; set.info().captioned() && i < Math.min(CAPTIONS, set.count()); i++) {
            Entry entry = set.entry(i);
            captions.add(entry.name() + ": " + entry.caption());
        }
        return captions;
    }

    /** Whether every picture can be used. */
    public boolean isSound() {
        return problem.isEmpty()
                && parts.stream()
                        .allMatch(
                                part -> part.damaged().isEmpty() && part.small().isEmpty());
    }
}
