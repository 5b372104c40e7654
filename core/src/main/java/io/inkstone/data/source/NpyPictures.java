package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.array.NpyFile;
import io.inkstone.data.PreparedSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Pictures in a .npy, uint8 [N, H, W, 1 or 3] or [N, H, W]. Labels are in the one .npy beside it that has "label" in its
 * name and the same N; their names in classes.txt, a line each.
 */
final class NpyPictures {
    private static final String SHAPES = "pictures are uint8 [N, H, W, 3], [N, H, W, 1] or [N, H, W]";

    private NpyPictures() {}

    static PreparedSet open(Path file) throws IOException {
        NpyFile array = NpyFile.open(file);
        long[] shape = array.shape();
        check(file.toString(), array.type(), shape);
        int channels = shape.length == 3 ? 1 : (int) shape[3];
        int count = (int) shape[0];
        Labels labels = labelsBeside(file, count);
        String name = file.getFileName().toString();
        return new ArrayPictures(name, (int) shape[2], (int) shape[1], channels, bytes(array), labels);
    }

    static void check(String name, DType type, long[] shape) {
        boolean sizes = shape.length == 3 || (shape.length == 4 && (shape[3] == 1 || shape[3] == 3));
        if (type != DType.UINT8 || !sizes) {
            String hint = shape.length == 4 && (shape[1] == 1 || shape[1] == 3)
                    ? " This looks like [N, C, H, W]: move the channels to the end."
                    : "";
            throw new InputException("%s holds %s %s; %s.%s"
                    .formatted(name, type.name().toLowerCase(Locale.ROOT), Arrays.toString(shape), SHAPES, hint));
        }
        if (shape[0] > Integer.MAX_VALUE || shape[1] * shape[2] * 3 > Integer.MAX_VALUE) {
            throw new InputException(name + " holds more pictures or larger ones than can be used.");
        }
        if (NdArray.byteCount(type, shape) == 0) {
            throw new InputException("%s is empty: its shape is %s.".formatted(name, Arrays.toString(shape)));
        }
    }

    private static ArrayPictures.Bytes bytes(NpyFile file) throws IOException {
        long[] shape = file.shape();
        int length = (int) (NdArray.byteCount(DType.UINT8, shape) / shape[0]);
        if (shape[0] * length <= Integer.MAX_VALUE) {
            // Mapped, so nothing is read yet; the mapping outlives the file.
            ByteBuffer all = file.all().data();
            file.close();
            return over(all, length);
        }
        return (index, into, offset) -> {
            try {
                file.rows(index, 1).data().get(0, into, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    static ArrayPictures.Bytes over(ByteBuffer all, int length) {
        return (index, into, offset) -> all.get(index * length, into, offset, length);
    }

    private static Labels labelsBeside(Path pictures, int count) throws IOException {
        Path folder = pictures.toAbsolutePath().getParent();
        Path classes = folder.resolve("classes.txt");
        List<Path> fitting = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Path file : Folders.files(folder)) {
            if (!isLabelFile(file) || Files.isSameFile(file, pictures)) {
                continue;
            }
            try (NpyFile labels = NpyFile.open(file)) {
                if (labels.shape().length > 0 && labels.shape()[0] == count) {
                    fitting.add(file);
                } else {
                    others.add(file.getFileName() + " " + Arrays.toString(labels.shape()));
                }
            }
        }
        if (fitting.size() > 1) {
            throw new InputException("Two files beside %s could be its labels: %s and %s. Move one away."
                    .formatted(
                            pictures,
                            fitting.get(0).getFileName(),
                            fitting.get(1).getFileName()));
        }
        if (fitting.isEmpty() && !others.isEmpty()) {
            throw new InputException(
                    "%s has %d pictures, but the labels beside it are %s; they need the same first size."
                            .formatted(pictures, count, String.join(", ", others)));
        }
        return fitting.isEmpty()
                ? Labels.none(count)
                : NpyLabels.read(fitting.get(0), Optional.of(classes).filter(Files::isRegularFile));
    }

    static boolean isLabelFile(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".npy") && name.contains("label");
    }
}
