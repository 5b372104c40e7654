package io.inkstone.recipe;

import io.inkstone.data.source.DataOptions;

/**
 * The {@code data.columns} group: where things lie in tables.
 *
 * @param image the column of pictures; auto finds it by its usual names
 * @param label the column of classes
 * @param caption the column of captions
 */
public record DataColumns(String image, String label, String caption) {
    /** Left to the data. */
    static final String FOUND = "auto";

    /** All found by their usual names. */
    public static final DataColumns AUTO = new DataColumns(FOUND, FOUND, FOUND);

    DataOptions over(DataOptions options) {
        DataOptions all = options;
        all = auto(image) ? all : all.withImage(image);
        all = auto(label) ? all : all.withLabel(label);
        return auto(caption) ? all : all.withCaption(caption);
    }

    private static boolean auto(String column) {
        return column.equals(FOUND);
    }
}
