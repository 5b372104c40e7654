package io.inkstone.data;

import io.inkstone.Words;
import io.inkstone.image.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a set before any batch is read. Networks are built to fit it.
 *
 * @param name short name for logs and metadata, such as {@code avatars} or a file's name
 * @param count pictures
 * @param size width and height if all pictures share them, else empty
 * @param channels 1 (grey) or 3 (RGB); 3 as soon as one picture seen is coloured
 * @param classes names of the context's entries in index order; its size is c, 0 for a set without labels
 * @param exclusive true: contexts are one-hot classes; false: independent attributes, 0 or 1
 * @param captioned pictures have captions
 * @param cropped the pictures are already cropped, so a recipe's crop is not made again
 * @param notes what a person should know, one sentence each
 */
public record DataInfo(
        String name,
        int count,
        Optional<Size> size,
        int channels,
        List<String> classes,
        boolean exclusive,
        boolean captioned,
        boolean cropped,
        List<String> notes) {

    public DataInfo {
        classes = List.copyOf(classes);
        notes = List.copyOf(notes);
    }

    /** A set without labels, captions or notes. */
    public static DataInfo of(String name, int count, Optional<Size> size, int channels) {
        return new DataInfo(name, count, size, channels, List.of(), true, false, false, List.of());
    }

    public DataInfo withClasses(List<String> names) {
        return new DataInfo(name, count, size, channels, names, true, captioned, cropped, notes);
    }

    public DataInfo withAttributes(List<String> names) {
        return new DataInfo(name, count, size, channels, names, false, captioned, cropped, notes);
    }

    public DataInfo withCaptions() {
        return new DataInfo(name, count, size, channels, classes, exclusive, true, cropped, notes);
    }

    DataInfo withoutCaptions() {
        return new DataInfo(name, count, size, channels, classes, exclusive, false, cropped, notes);
    }

    public DataInfo withCropped() {
        return new DataInfo(name, count, size, channels, classes, exclusive, captioned, true, notes);
    }

    public DataInfo withCount(int other) {
        return new DataInfo(name, other, size, channels, classes, exclusive, captioned, cropped, notes);
    }

    public DataInfo withName(String other) {
        return new DataInfo(other, count, size, channels, classes, exclusive, captioned, cropped, notes);
    }

    public DataInfo withShape(Size shape, int channelCount) {
        return new DataInfo(
                name, count, Optional.of(shape), channelCount, classes, exclusive, captioned, cropped, notes);
    }

    /** The same of pictures of several sizes. */
    public DataInfo ofSeveralSizes() {
        return new DataInfo(name, count, Optional.empty(), channels, classes, exclusive, captioned, cropped, notes);
    }

    public DataInfo withChannels(int channelCount) {
        return new DataInfo(name, count, size, channelCount, classes, exclusive, captioned, cropped, notes);
    }

    /** A sentence for recipes that read no captions, where there are some: nothing is left out without a word. */
    public Optional<String> captionsUnread() {
        return captioned
                ? Optional.of(Words.of("The pictures of %s have captions, which nothing in this recipe reads.", name))
                : Optional.empty();
    }

    public DataInfo withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new DataInfo(name, count, size, channels, classes, exclusive, captioned, cropped, more);
    }
}
