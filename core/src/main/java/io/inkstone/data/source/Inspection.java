package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.PackedCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * What a path holds, found by decoding every picture.
 *
 * @param path as it was given
 * @param kind in words, empty if nothing could be opened
 * @param parts train, and validation and test where there are any
 * @param shared pictures of a held-out part that the training part has too, by part: the name there, the name in training
 * @param problem why nothing could be opened, or why it had better not be used
 * @param subfolders what lies in each folder below, in words
 */
public record Inspection(
        String path,
        String kind,
        List<Part> parts,
        Map<String, List<List<String>>> shared,
        Optional<String> problem,
        Map<String, String> subfolders) {

    /**
     * One part of the set.
     *
     * @param name train, validation or test
     * @param info as training will see it; its notes say what was left out
     * @param sizes pictures by size, such as {@code 178×218}
     * @param classes pictures by class or attribute, in index order
     * @param captions the first few
     * @param damaged a sentence for each picture that cannot be read
     * @param small names of pictures smaller than the crop
     * @param duplicates names of pictures that show the same, pixel for pixel
     * @param nearlyEmpty classes with fewer than two pictures, or a tenth of those of the largest
     * @param lengths of captions in ids, where a tokenizer was given
     */
    public record Part(
            String name,
            DataInfo info,
            Map<String, Integer> sizes,
            Map<String, Integer> classes,
            List<String> captions,
            List<String> damaged,
            List<String> small,
            List<List<String>> duplicates,
            List<String> nearlyEmpty,
            Optional<Lengths> lengths) {}

    /**
     * Lengths of captions in ids, start and end included.
     *
     * @param median of all
     * @param captions how many there are
     */
    public record Lengths(int least, int median, int most, int captions) {}

    /** As {@link #of(String, InspectionWish)} with a crop. */
    public static Inspection of(String pathOrName, OptionalInt crop, IntConsumer progress) {
        return of(pathOrName, InspectionWish.PLAIN.withCrop(crop).withProgress(progress));
    }

    /** Looks at an embedded set, a file or a folder. */
    public static Inspection of(String pathOrName, InspectionWish wish) {
        Map<String, String> below = Map.of();
        String kind = "an embedded set";
        if (Embedded.named(pathOrName).isEmpty()) {
            Folders.existing(Path.of(pathOrName));
            below = Subfolders.of(Path.of(pathOrName));
            kind = Subfolders.kind(Path.of(pathOrName));
        }
        try (DataSet set = DataSource.open(pathOrName, wish.options())) {
            Optional<String> damage = Optional.empty();
            if (set.train() instanceof PackedCache packed) {
                damage = damage(packed);
                kind = Words.of(
                        "%s, prepared from %s%s",
                        kind, packed.source(), damage.isEmpty() ? "; its checksum is right" : "");
            }
            Map<String, PartInspection> seen = new LinkedHashMap<>();
            seen.put("train", PartInspection.of(set.train(), wish));
            set.validation().ifPresent(part -> seen.put("validation", PartInspection.of(part, wish)));
            set.test().ifPresent(part -> seen.put("test", PartInspection.of(part, wish)));
            List<Part> parts = seen.entrySet().stream()
                    .map(part -> part.getValue().part(part.getKey(), wish))
                    .toList();
            return new Inspection(pathOrName, kind, parts, shared(seen), damage, below);
        } catch (InputException e) {
            return new Inspection(pathOrName, "", List.of(), Map.of(), Optional.of(e.getMessage()), below);
        }
    }

    private static Map<String, List<List<String>>> shared(Map<String, PartInspection> seen) {
        Map<String, List<List<String>>> shared = new LinkedHashMap<>();
        PartInspection train = seen.get("train");
        seen.forEach((name, part) -> {
            List<List<String>> same = part == train ? List.of() : train.shared(part);
            if (!same.isEmpty()) {
                shared.put(name, same);
            }
        });
        return shared;
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

    /** Whether every picture can be used. */
    public boolean isSound() {
        return problem.isEmpty()
                && parts.stream()
                        .allMatch(
                                part -> part.damaged().isEmpty() && part.small().isEmpty());
    }
}
