package io.inkstone.data;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pictures ready to be copied into batches: {@code info().channels()} is what every one has, and {@code info().size()} is
 * present, but for sets in {@link Buckets}, whose pictures have a few sizes.
 */
public interface PreparedSet extends PictureSet {
    /** Writes picture {@code index} as [height, width, channels] bytes from {@code offset} on. */
    void copy(int index, byte[] into, int offset);

    /** The same, into a buffer from {@code at} on, whose position stays. */
    default void copy(int index, ByteBuffer into, int at) {
        into.put(at, pixels(index).data());
    }

    /**
     * Whether all pictures lie ready as bytes, in memory or in a mapped file: copying one takes microseconds, less than
     * handing it from one thread to another.
     */
    default boolean liesReady() {
        return false;
    }

    /** Whether pictures are decoded, or made of larger ones, each time they are asked for. */
    default boolean decodes() {
        return false;
    }

    /** Pictures that were left out because they are damaged or too small. */
    default int skipped() {
        return 0;
    }

    /** A sentence about {@link #skipped} pictures; empty where there are none. */
    default Optional<String> skippedWords() {
        return skipped() == 0
                ? Optional.empty()
                : Optional.of(Words.of(
                        "%s left out because %s cannot be used.",
                        Counted.of(skipped(), "picture") + (skipped() == 1 ? " was" : " were"),
                        skipped() == 1 ? "it" : "they"));
    }

    /** A sentence about what the crop cuts away of pictures of another shape; empty where it cuts nothing. */
    default Optional<String> cropWords() {
        return Optional.empty();
    }

    /** What a person should know of how the pictures were prepared, a sentence each. */
    default List<String> notes() {
        return Stream.of(skippedWords(), cropWords()).flatMap(Optional::stream).toList();
    }

    /** Height and width of picture {@code index}. */
    default Size size(int index) {
        return info().size().orElseThrow();
    }

    /** The same pictures brought to the one size that a set in buckets is about; any other set as it is. */
    default PreparedSet ofOneSize() {
        return this;
    }

    default int width() {
        return info().size().orElseThrow().width();
    }

    default int height() {
        return info().size().orElseThrow().height();
    }

    default int channels() {
        return info().channels();
    }

    /** Bytes of a picture, height · width · channels; of the largest one where they differ. */
    default int pictureBytes() {
        return width() * height() * channels();
    }

    @Override
    default Pixels pixels(int index) {
        Size size = size(index);
        byte[] data = new byte[size.height() * size.width() * channels()];
        copy(index, data, 0);
        return new Pixels(size.width(), size.height(), channels(), data);
    }
}
