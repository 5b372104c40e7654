package io.inkstone.data.source;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import io.inkstone.data.PictureView;
import io.inkstone.data.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Makes parts that were read for themselves one set: classes are those of the training part, by their names. */
final class PartAgreement {
    private PartAgreement() {}

    static DataSet of(Origin origin, Map<Split, DataSet> parts) {
        PictureSet train = parts.get(Split.TRAIN).train();
        return new DataSet(
                train,
                fitted(origin, train.info(), parts, Split.VALIDATION),
                fitted(origin, train.info(), parts, Split.TEST));
    }

    private static Optional<PictureSet> fitted(Origin origin, DataInfo wanted, Map<Split, DataSet> parts, Split split) {
        return Optional.ofNullable(parts.get(split))
                .flatMap(part -> fitted(origin.left(), wanted, part.train(), split.word()));
    }

    /** The part with the classes of the training part; what has none of them is left out, and said. */
    static Optional<PictureSet> fitted(LeftOut left, DataInfo wanted, PictureSet part, String name) {
        List<String> have = part.info().classes();
        if (have.equals(wanted.classes())) {
            return Optional.of(part);
        }
        if (have.isEmpty()) {
            left.note(Words.of(
                    "Left out: the %s part (%s), which has no classes while the training part has.",
                    name, Counted.of(part.count(), "picture")));
            return Optional.empty();
        }
        int[] places = wanted.classes().stream().mapToInt(have::indexOf).toArray();
        if (wanted.classes().isEmpty()) {
            left.note(Words.of("The training part has no classes, so those of the %s part are not used.", name));
            return Optional.of(new Refitted(part, all(part), places, wanted));
        }
        TreeSet<String> unknown = new TreeSet<>(have);
        wanted.classes().forEach(unknown::remove);
        int[] known = IntStream.range(0, part.count())
                .filter(i -> wanted.exclusive() ? ofKnown(part.entry(i), have, unknown) : unknown.isEmpty())
                .toArray();
        if (known.length < part.count()) {
            left.note(Words.of(
                    "Left out: %s of the %s part with classes that the training part lacks (%s).",
                    Counted.of(part.count() - known.length, "picture"), name, String.join(", ", unknown)));
        }
        return known.length == 0 ? Optional.empty() : Optional.of(new Refitted(part, known, places, wanted));
    }

    private static int[] all(PictureSet part) {
        return IntStream.range(0, part.count()).toArray();
    }

    private static boolean ofKnown(Entry entry, List<String> have, TreeSet<String> unknown) {
        float[] context = entry.context();
        for (int k = 0; k < context.length; k++) {
            if (context[k] > 0.5 && unknown.contains(have.get(k))) {
                return false;
            }
        }
        return true;
    }

    /** Some pictures of a part, their contexts in another order and width. */
    private static final class Refitted extends PictureView {
        private final int[] indices;
        private final int[] places;
        private final DataInfo info;

        /** @param places of the wanted classes among those of {@code base}; −1 for those that it lacks */
        Refitted(PictureSet base, int[] indices, int[] places, DataInfo wanted) {
            super(base);
            this.indices = indices;
            this.places = places;
            DataInfo own = base.info().withCount(indices.length);
            this.info = wanted.exclusive() ? own.withClasses(wanted.classes()) : own.withAttributes(wanted.classes());
        }

        @Override
        public DataInfo info() {
            return info;
        }

        @Override
        protected int at(int index) {
            return indices[index];
        }

        @Override
        public Entry entry(int index) {
            Entry entry = super.entry(index);
            float[] context = new float[places.length];
            for (int k = 0; k < places.length; k++) {
                context[k] = places[k] < 0 ? 0 : entry.context()[places[k]];
            }
            return new Entry(entry.name(), context, entry.captions());
        }
    }
}
