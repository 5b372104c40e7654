package io.inkstone.run.part;

import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.function.Supplier;

/** SHA-256 of a file of others, which may be gigabytes: read when somebody asks, once. */
final class HashOnDemand implements Supplier<String> {
    private final Path file;
    private String known;

    HashOnDemand(Path file) {
        this.file = file;
    }

    @Override
    public synchronized String get() {
        if (known == null) {
            known = SavedRun.hash(file);
        }
        return known;
    }
}
