package io.inkstone.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a run remembers of its data, in {@code data.json}: enough to notice that they are others, not to find them again.
 *
 * @param source where they came from
 * @param classes the data's own names, in the order in which the run counts them; its recipe may call them otherwise
 * @param training what is trained on
 * @param heldOut what is not; {@link Part#NONE} for data without such pictures
 */
public record KnownData(
        @JsonProperty("source") String source,
        @JsonProperty("classes") List<String> classes,
        @JsonProperty("training") Part training,
        @JsonProperty("heldOut") Part heldOut) {
    public KnownData {
        classes = List.copyOf(classes);
    }

    /**
     * A list of pictures.
     *
     * @param pictures how many
     * @param list SHA-256 of a line a picture, in their order: its name in Unicode's composed form and the names of its
     *     classes, parted by tabs
     */
    public record Part(@JsonProperty("pictures") int pictures, @JsonProperty("list") String list) {
        /** No pictures at all. */
        static final Part NONE = new Part(0, "");

        static Part of(PictureSet set) {
            List<String> classes = set.info().classes();
            MessageDigest digest = sha256();
            for (int i = 0; i < set.count(); i++) {
                digest.update(line(set.entry(i), classes).getBytes(StandardCharsets.UTF_8));
            }
            return new Part(set.count(), HexFormat.of().formatHex(digest.digest()));
        }

        private static String line(Entry entry, List<String> classes) {
            StringBuilder line = new StringBuilder(Normalizer.normalize(entry.name(), Normalizer.Form.NFC));
            IntStream.range(0, entry.context().length)
                    .filter(c -> entry.context()[c] > 0)
                    .mapToObj(classes::get)
                    .sorted() // the order of the classes is no matter of the pictures
                    .forEach(name -> line.append('\t').append(name));
            return line.append('\n').toString();
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /**
     * What there is to remember.
     *
     * @param parts of the data, with what is held out by the run's own choice
     * @param classes the data's own names in the order in which the run counts them
     */
    public static KnownData of(String source, DataSet parts, List<String> classes) {
        return new KnownData(
                source,
                classes,
                Part.of(parts.train()),
                parts.heldOut().map(Part::of).orElse(Part.NONE));
    }

    /** In what the data of {@code now} differ, as parts of a sentence; empty for the same lists. */
    public List<String> changes(KnownData now) {
        List<String> all = new ArrayList<>();
        change("to train on", training, now.training).ifPresent(all::add);
        change("held out", heldOut, now.heldOut).ifPresent(all::add);
        return all;
    }

    private static Optional<String> change(String what, Part before, Part now) {
        if (before.equals(now)) {
            return Optional.empty();
        }
        return Optional.of(
                before.pictures == now.pictures
                        ? Words.of(
                                "the list of %s %s is another (names or labels)",
                                Counted.of(now.pictures, "picture"), what)
                        : Words.of(
                                "%s %s, and there were %,d",
                                Counted.of(now.pictures, "picture"), what, before.pictures));
    }
}
