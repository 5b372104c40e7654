package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Files;

/** Folders that {@code save_to_disk} wrote. */
final class ArrowFolder {
    private ArrowFolder() {}

    /** Refuses a saved folder with a way out: Arrow's own reader for Java needs unsafe memory and flags of the JVM. */
    static void refuse(Origin origin) throws IOException {
        boolean arrow = Folders.files(origin.root()).stream()
                .anyMatch(file -> Folders.extension(Folders.name(file)).equals("arrow"));
        if (arrow || Files.isRegularFile(origin.root().resolve("dataset_dict.json"))) {
            throw new InputException(Words.of(
                    "%s holds a data set as save_to_disk writes it (Arrow), which is not read. Write it as Parquet: load_from_disk(…).to_parquet(\"train.parquet\").",
                    origin.nameOf(origin.root())));
        }
    }
}
