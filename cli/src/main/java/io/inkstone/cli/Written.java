package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.LazyArray;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.Animation;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Results in files; the kind follows the extension. */
final class Written {
    /** What {@link #pictures} can write, for {@link Common#requireKind}. */
    static final List<String> KINDS = List.of(".png", ".jpg", ".jpeg", ".gif", ".npy", ".safetensors");

    private Written() {}

    static String extension(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    /** Whether results in this file are raw arrays. */
    static boolean isArray(Path file) {
        return List.of(".npy", ".safetensors").contains(extension(file));
    }

    static void array(Path file, String name, NdArray array, Map<String, String> text) {
        array(file, name, LazyArray.of(array), text);
    }

    /** An array as .npy, or as .safetensors under {@code name}. */
    static void array(Path file, String name, LazyArray array, Map<String, String> text) {
        try {
            switch (extension(file)) {
                case ".npy" -> Npy.write(file, array);
                case ".safetensors" -> Safetensors.writeLazily(file, Map.of(name, array), text);
                default -> throw new InputException(Words.of("%s: arrays are written as .npy or .safetensors.", file));
            }
        } catch (IOException failure) {
            throw new InputException(failure.getMessage(), failure);
        }
    }

    /**
     * Pictures as a sheet (a single one as it is), an animation, or the raw array.
     *
     * @param array the raw result [N, C, H, W]
     * @param sheet how they are laid out
     */
    static void pictures(Path file, NdArray array, Sheet sheet, Map<String, String> text) {
        switch (extension(file)) {
            case ".png", ".jpg", ".jpeg" -> PictureFile.write(file, drawn(sheet), text);
            case ".gif" -> Animation.of(sheet.pictures()).write(file);
            default -> array(file, "pictures", array, text);
        }
        requireNumbers(file, array);
    }

    /** Values that are no numbers look like black in a picture: that is said, and is no success. */
    static void requireNumbers(Path file, NdArray array) {
        float[] values = array.toFloats();
        int count = (int) Math.max(1, array.shape()[0]);
        int each = values.length / count;
        long none = IntStream.range(0, count)
                .filter(picture ->
                        IntStream.range(picture * each, (picture + 1) * each).anyMatch(i -> !Float.isFinite(values[i])))
                .count();
        if (none > 0) {
            throw new InputException(Words.of(
                    "%s was written, but %d of its %s hold values that are no numbers. Less guidance, more steps, --precision float32 or another checkpoint (--checkpoint NAME) may help.",
                    file, none, Counted.of(count, "picture")));
        }
    }

    private static Pixels drawn(Sheet sheet) {
        return sheet.pictures().size() == 1 && sheet.labels().equals(Sheet.Labels.NONE)
                ? sheet.pictures().get(0)
                : sheet.draw();
    }
}
