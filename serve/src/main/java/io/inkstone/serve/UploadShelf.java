package io.inkstone.serve;

import io.inkstone.array.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Pictures that came with jobs, a folder a job, until the job is forgotten. */
final class UploadShelf {
    private final Path folder;
    private final Duration young;

    /** @param young what is not older may belong to a job that another server is about to accept */
    UploadShelf(Path folder, Duration young) {
        this.folder = folder;
        this.young = young;
    }

    void write(String job, Uploads uploads) {
        try {
            Path own = Files.createDirectories(folder.resolve(job));
            for (int i = 0; i < uploads.images().size(); i++) {
                byte[] image = uploads.images().get(i);
                AtomicFile.write(own.resolve("image-" + i), out -> out.write(image));
            }
            if (uploads.mask().isPresent()) {
                AtomicFile.write(
                        own.resolve("mask"), out -> out.write(uploads.mask().get()));
            }
        } catch (IOException failure) {
            throw new PictureShelf.UnkeptException(failure);
        }
    }

    Uploads read(String job) {
        try {
            List<byte[]> images = new ArrayList<>();
            for (Path file; Files.exists(file = folder.resolve(job).resolve("image-" + images.size())); ) {
                images.add(Files.readAllBytes(file));
            }
            Path mask = folder.resolve(job).resolve("mask");
            return new Uploads(images, Files.exists(mask) ? Optional.of(Files.readAllBytes(mask)) : Optional.empty());
        } catch (IOException failure) {
            throw new UncheckedIOException("Uploaded pictures cannot be read.", failure);
        }
    }

    /** Removes those of jobs that are forgotten, or that were never accepted. */
    void keepOnly(Predicate<String> known) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var jobs = Files.list(folder)) {
            for (Path job : jobs.toList()) {
                if (Age.isOlder(job, young) && !known.test(job.getFileName().toString())) {
                    delete(job);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Uploaded pictures cannot be removed.", failure);
        }
    }

    private static void delete(Path job) throws IOException {
        try (var files = Files.list(job)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(job);
    }
}
