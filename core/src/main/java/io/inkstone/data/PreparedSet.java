package io.inkstone.data;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.image.Pixels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pictures that all have one size and one number of channels, ready to be copied into batches: {@code info().size()} is
 * present and {@code info().channels()} is what every picture has.
 */
public interface PreparedSet extends PictureSet {
    /** Writes picture {@code index} as [height, width, channels] bytes from {@code offset} on. */
    void copy(int index, byte[] into, int offset);

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

    default int width() {
        return info().size().orElseThrow().width();
    }

    default int height() {
        return info().size().orElseThrow().height();
    }

    default int channels() {
        return info().channels();
    }

    /** Bytes of one picture: height · width · channels. */
    default int pictureBytes() {
        return width() * height() * channels();
    }

    @Override
    default Pixels pixels(int index) {
        byte[] data = new byte[pictureBytes()];
        copy(index, data, 0);
        return new Pixels(width(), height(), channels(), data);
    }
}
