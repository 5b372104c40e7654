package io.inkstone.data.source;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What a person says about data that the data does not say itself.
 *
 * @param image the column of pictures in tables; empty finds it by its usual names
 * @param label the column of classes; empty finds it
 * @param caption the column of captions; empty finds it
 * @param zipNames how names in a zip are encoded that are not UTF-8; empty takes what the standard says, CP437
 */
public record DataOptions(
        Optional<String> image, Optional<String> label, Optional<String> caption, Optional<Charset> zipNames) {
    /** Everything is found by looking. */
    public static final DataOptions FOUND =
            new DataOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public DataOptions withImage(String column) {
        return new DataOptions(Optional.of(column), label, caption, zipNames);
    }

    public DataOptions withLabel(String column) {
        return new DataOptions(image, Optional.of(column), caption, zipNames);
    }

    public DataOptions withCaption(String column) {
        return new DataOptions(image, label, Optional.of(column), zipNames);
    }

    public DataOptions withZipNames(Charset encoding) {
        return new DataOptions(image, label, caption, Optional.of(encoding));
    }
}
