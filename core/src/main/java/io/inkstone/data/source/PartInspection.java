package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.ParallelPass;
import io.inkstone.data.CropLoss;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Transform;
import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** One part of a set, looked at by decoding every picture once. */
final class PartInspection {
    private static final int CAPTIONS = 3;
    /** A class is nearly empty with fewer than this share of the pictures of the largest. */
    private static final double NEARLY_EMPTY = 0.1;

    /** What a picture shows, by the start of a hash of its size and pixels: equal pictures have equal ones. */
    record Content(long first, long second) {}

    private final PictureSet set;
    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();
    private final List<Integer> small = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, String> damaged = new ConcurrentHashMap<>();
    private final Map<Content, List<Integer>> contents = new ConcurrentHashMap<>();

    private final CropLoss loss;

    private PartInspection(PictureSet set, OptionalInt crop) {
        this.set = set;
        this.loss = new CropLoss(new Transform(crop, 1, 3));
    }

    static PartInspection of(PictureSet set, InspectionWish wish) {
        int least = set.info().cropped() ? 0 : wish.crop().orElse(0);
        PartInspection seen = new PartInspection(set, least == 0 ? OptionalInt.empty() : wish.crop());
        ParallelPass.over(set.count(), index -> seen.look(index, least), wish.progress());
        return seen;
    }

    private void look(int index, int least) {
        try {
            Pixels pixels = set.pixels(index);
            sizes.merge(new Size(pixels.height(), pixels.width()).toString(), 1, Integer::sum);
            loss.add(pixels.width(), pixels.height());
            if (Math.min(pixels.width(), pixels.height()) < least) {
                small.add(index);
            }
            contents.merge(content(pixels), List.of(index), PartInspection::joined);
        } catch (InputException e) {
            damaged.put(index, e.getMessage());
        }
    }

    private static List<Integer> joined(List<Integer> a, List<Integer> b) {
        List<Integer> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }

    private static Content content(Pixels pixels) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(12)
                    .putInt(pixels.width())
                    .putInt(pixels.height())
                    .putInt(pixels.channels())
                    .flip());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(pixels.data()));
            return new Content(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** What was found, for people. */
    Inspection.Part part(String name, InspectionWish wish) {
        List<String> names = small.stream().sorted().map(this::name).toList();
        List<String> reasons = List.copyOf(new TreeMap<>(damaged).values());
        Map<String, Integer> classes = classes();
        return new Inspection.Part(
                name,
                loss.words().map(set.info()::withNote).orElse(set.info()),
                mostFirst(sizes),
                classes,
                captions(),
                reasons,
                names,
                duplicates(),
                nearlyEmpty(classes, set.info()),
                wish.ids().flatMap(this::lengths));
    }

    private String name(int index) {
        return set.entry(index).name();
    }

    private List<List<String>> duplicates() {
        return contents.values().stream()
                .filter(same -> same.size() > 1)
                .map(same -> same.stream().sorted().toList())
                .sorted((a, b) -> Integer.compare(a.get(0), b.get(0)))
                .map(same -> same.stream().map(this::name).toList())
                .toList();
    }

    /** Pictures of another part that are in this one too: the other's name, then the name here. */
    List<List<String>> shared(PartInspection other) {
        return other.contents.entrySet().stream()
                .filter(entry -> contents.containsKey(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream()
                        .sorted()
                        .map(index -> List.of(
                                other.name(index),
                                name(contents.get(entry.getKey()).get(0)))))
                .sorted((a, b) -> a.get(0).compareTo(b.get(0)))
                .toList();
    }

    private static List<String> nearlyEmpty(Map<String, Integer> classes, DataInfo info) {
        int most = classes.values().stream().mapToInt(n -> n).max().orElse(0);
        return classes.entrySet().stream()
                .filter(entry -> info.exclusive() && entry.getValue() < Math.max(2, most * NEARLY_EMPTY))
                .map(entry -> Words.of("%s (%d)", entry.getKey(), entry.getValue()))
                .toList();
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

    private Map<String, Integer> classes() {
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

    private List<String> captions() {
        List<String> captions = new ArrayList<>();
        for (int i = 0; set.info().captioned() && i < Math.min(CAPTIONS, set.count()); i++) {
            Entry entry = set.entry(i);
            captions.add(entry.name() + ": " + entry.caption());
        }
        return captions;
    }

    private Optional<Inspection.Lengths> lengths(ToIntFunction<String> ids) {
        int[] lengths = IntStream.range(0, set.count())
                .mapToObj(set::entry)
                .flatMap(entry -> entry.captions().stream())
                .mapToInt(ids)
                .sorted()
                .toArray();
        return set.info().captioned() && lengths.length > 0
                ? Optional.of(new Inspection.Lengths(
                        lengths[0], lengths[lengths.length / 2], lengths[lengths.length - 1], lengths.length))
                : Optional.empty();
    }
}
