package io.inkstone.studio;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.run.SavedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A weight file at one moment, told without reading it: another file in its place has another number, size or time.
 *
 * @param path without links
 * @param key the file system's own number of the file, as text
 */
record WeightIdentity(Path path, String key, long size, FileTime modified) {
    /** Of the file as it is now; a sentence where it is gone. */
    static WeightIdentity of(Path file) {
        try {
            Path path = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new WeightIdentity(
                    path, String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
        } catch (IOException gone) {
            throw new InputException(Words.of("The weights %s cannot be read any more.", file), gone);
        }
    }

    /** SHA-256 of files, each computed once as long as it stays the same file. */
    static final class Hashes {
        private static final int MOST = 1000;

        private final Map<WeightIdentity, String> known = new ConcurrentHashMap<>();

        String of(WeightIdentity file) {
            if (known.size() > MOST) {
                known.clear(); // files of runs that are long over
            }
            return known.computeIfAbsent(file, each -> SavedRun.hash(each.path()));
        }
    }
}
