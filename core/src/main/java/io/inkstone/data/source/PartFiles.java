package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Files of many pictures whose names say to which part of a set they belong: {@code test-00000-of-00002.parquet}. */
final class PartFiles {
    private PartFiles() {}

    interface Opener {
        DataSet open(List<Path> files) throws IOException;
    }

    /** Opens files; those that are called like held-out parts are held out. */
    static DataSet open(Origin origin, List<Path> files, Opener opener) throws IOException {
        Map<Split, List<Path>> byPart = files.stream()
                .collect(Collectors.groupingBy(
                        file -> PartName.ofFile(Folders.name(file)).orElse(Split.TRAIN),
                        () -> new EnumMap<>(Split.class),
                        Collectors.toList()));
        if (!byPart.containsKey(Split.TRAIN)) {
            if (files.size() > 1) {
                throw new InputException(Words.of(
                        "%s has only held-out parts (%s, …) and nothing to train on. To use one, point at its file.",
                        origin.name(), files.get(0).getFileName()));
            }
            return opener.open(files); // a file that was pointed at
        }
        Map<Split, DataSet> parts = new EnumMap<>(Split.class);
        for (Map.Entry<Split, List<Path>> entry : byPart.entrySet()) {
            parts.put(entry.getKey(), opener.open(entry.getValue()));
        }
        return parts.size() == 1 ? parts.get(Split.TRAIN) : PartAgreement.of(origin, parts);
    }
}
