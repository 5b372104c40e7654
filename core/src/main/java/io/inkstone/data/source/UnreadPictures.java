package io.inkstone.data.source;

import io.inkstone.Words;
import io.inkstone.image.PictureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts files that look like pictures by their names and are of kinds that are not read. */
final class UnreadPictures {
    private UnreadPictures() {}

    /** A sentence with how many of which kind lie in a folder at any depth; empty where there are none. */
    static Optional<String> below(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return sentence(all.filter(path -> path.getFileName() != null && !Folders.isHidden(path))
                    .map(path -> Folders.extension(path.getFileName().toString()))
                    .filter(UnreadPictures::isUnread)
                    .toList());
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty(); // said by whoever lists the pictures
        }
    }

    static boolean isUnread(String ending) {
        return PictureKind.ofEnding(ending).filter(kind -> !kind.isRead()).isPresent();
    }

    static Optional<String> sentence(List<String> endings) {
        Map<String, Integer> counts = new TreeMap<>();
        endings.forEach(ending -> counts.merge(ending, 1, Integer::sum));
        String list = counts.entrySet().stream()
                .map(count -> Words.of(
                        "%d .%s (%s)",
                        count.getValue(),
                        count.getKey(),
                        PictureKind.ofEnding(count.getKey()).orElseThrow().word()))
                .collect(Collectors.joining(", "));
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(Words.of(
                        "Left out, because these kinds are not read: %s. Convert them to PNG to use them.", list));
    }
}
