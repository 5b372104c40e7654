package io.inkstone.wish;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.data.Transform;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.run.SavedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the key {@code images} names: picture files and folders, cropped and resized as the run's data were, or a raw array. */
public final class PictureNames {
    private static final Set<String> KINDS = Set.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

    private PictureNames() {}

    /** float32 [N, C, H, W] in the model's range, of the model's own size. */
    public static NdArray read(SavedRun saved, List<String> names) {
        return read(saved, names, Optional.empty());
    }

    /**
     * The same in another size.
     *
     * @param size of pictures from files; arrays have theirs
     */
    public static NdArray read(SavedRun saved, List<String> names, Optional<io.inkstone.image.Size> size) {
        if (names.isEmpty()) {
            throw new InputException("This wish names no pictures: say them by images, or hand them over.")
                    .about("images");
        }
        if (isArray(names)) {
            return pictures(names.get(0));
        }
        Transform transform = size.map(saved.transform()::to).orElse(saved.transform());
        List<Pixels> pictures = new ArrayList<>();
        for (Path file : files(names)) {
            InterruptedWorkException.check();
            pictures.add(transform.apply(PictureFile.read(file), file.toString()));
        }
        return saved.model().pictures().array(pictures);
    }

    private static NdArray pictures(String name) {
        NdArray array = ArrayFiles.read(name);
        if (array.shape().length != 4) {
            throw new InputException(Words.of(
                    "%s has the shape %s: pictures [N, C, H, W], float32 in the model's range, were expected.",
                    name, Arrays.toString(array.shape())));
        }
        return array;
    }

    /** Whether these names mean a raw array. */
    public static boolean isArray(List<String> names) {
        return names.size() == 1 && names.get(0).toLowerCase(Locale.ROOT).endsWith(".npy");
    }

    /**
     * A picture as it lies there.
     *
     * @param name of the file
     */
    public record Size(String name, long width, long height) {}

    /** Of every picture before it is cropped and resized; of an array {@code read}, its own. */
    public static List<Size> sizes(List<String> names, NdArray read) {
        if (isArray(names)) {
            long[] shape = read.shape();
            return List.of(new Size(names.get(0), shape[3], shape[2]));
        }
        return files(names).stream()
                .map(file -> {
                    Pixels picture = PictureFile.read(file);
                    return new Size(file.toString(), picture.width(), picture.height());
                })
                .toList();
    }

    private static List<Path> files(List<String> names) {
        return names.stream().flatMap(name -> files(Path.of(name)).stream()).toList();
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return KINDS.stream().anyMatch(name::endsWith);
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.walk(path)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .filter(file -> isPicture(file))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new InputException(Words.of("%s holds no pictures (%s).", path, String.join(", ", KINDS)));
            }
            return files;
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", path, failure.getMessage()), failure);
        }
    }
}
