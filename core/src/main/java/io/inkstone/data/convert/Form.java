package io.inkstone.data.convert;

import io.inkstone.Choices;

/** A form in which a set can be written. */
public enum Form {
    /** A folder a class, in folders of parts where there are several; captions in {@code .txt} files beside the pictures. */
    FOLDERS,
    /** Parquet files with {@code image}, {@code label} with the names of the classes, and {@code text}, as data set hubs have them. */
    PARQUET,
    /** Tars in the form of WebDataset, with {@code classes.txt} beside them. */
    WEBDATASET;

    /** As options say it. */
    public String word() {
        return Choices.word(this);
    }
}
