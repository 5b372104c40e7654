package io.inkstone.data.source;

import java.util.List;
import java.util.stream.Stream;

/** What columns of tables are usually called, the likeliest first, in small letters. */
final class ColumnNames {
    /** Encoded pictures. */
    static final List<String> IMAGES = List.of("image", "img", "picture", "photo", "jpg", "png", "image_bytes");

    /** Names of picture files. */
    static final List<String> FILES = List.of(
            "file_name",
            "filename",
            "image_id",
            "image_name",
            "image",
            "image_path",
            "filepath",
            "filepaths",
            "path",
            "file",
            "id",
            "img_id",
            "img_name",
            "img",
            "id_code",
            "imageid",
            "images",
            "picture",
            "name");

    /** Classes, whatever else is there. */
    static final List<String> LABELS = List.of("label", "labels", "class", "category");

    /**
     * Classes in a list beside folders of pictures, whose columns say something of them and little else. A table that holds
     * its pictures may have texts and numbers of any kind under such names.
     */
    static final List<String> LABELS_OF_LISTS = Stream.concat(
                    LABELS.stream(),
                    Stream.of(
                            "class_name",
                            "classname",
                            "category_name",
                            "target",
                            "breed",
                            "species",
                            "tags",
                            "tag",
                            "diagnosis",
                            "character",
                            "genre",
                            "style",
                            "attribute_ids"))
            .toList();

    /** Captions. */
    static final List<String> CAPTIONS = List.of("text", "caption", "captions", "prompt", "description", "comment");

    /** Parts. */
    static final List<String> SPLITS = List.of("split", "subset", "data set", "data_set", "dataset", "partition");

    private ColumnNames() {}
}
