package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.array.NpyFile;
import io.inkstone.data.DataSet;
import io.inkstone.data.PreparedSet;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Pictures in a .npy, uint8 [N, H, W, 1 or 3] or [N, H, W]. Labels are in the one .npy beside it that has "label" in its
 * name and the same N; their names in classes.txt, a line each.
 */
final class NpyPictures {
    private static final String SHAPES = "pictures are uint8 [N, H, W, 3], [N, H, W, 1] or [N, H, W]";

    private NpyPictures() {}

    /** The one array in a folder that is not labels. */
    static Optional<Finding> find(Origin origin) throws IOException {
        List<Path> arrays = Folders.files(origin.root()).stream()
                .filter(file -> Folders.extension(file.toString()).equals("npy") && !isLabelFile(file))
                .toList();
        if (arrays.size() > 1) {
            throw new InputException(Words.of(
                    "%s holds %d arrays that could be pictures; point at one: %s.",
                    origin.name(),
                    arrays.size(),
                    arrays.stream()
                            .map(file -> file.getFileName().toString())
                            .limit(8)
                            .collect(Collectors.joining(", "))));
        }
        return arrays.stream()
                .findFirst()
                .map(file -> new Finding(
                        Finding.Kind.NPY,
                        file.getFileName().toString(),
                        file.getFileName().toString(),
                        () -> DataSet.of(open(file, origin.left()))));
    }

    static PreparedSet open(Path file, LeftOut left) throws IOException {
        String name = file.getFileName().toString();
        if (isPlain(file)) {
            try (NpyFile array = NpyFile.open(file)) {
                if (isOther(array.type(), array.shape())) {
                    return other(file, array.all(), left);
                }
            }
        }
        if (isPlain(file)) {
            NpyFile array = NpyFile.open(file);
            check(file.toString(), array.type(), array.shape());
            return set(name, array.shape(), bytes(array), labelsBeside(file, (int) array.shape()[0]));
        }
        NdArray array = inArchive(file);
        if (isOther(array.type(), array.shape())) {
            return other(file, array, left);
        }
        check(file.toString(), array.type(), array.shape());
        long[] shape = array.shape();
        int length = (int) (array.count() / shape[0]);
        return set(name, shape, over(array.data(), length), labelsBeside(file, (int) shape[0]));
    }

    /** Numbers that are not bytes, or channels first, of three axes or four. */
    private static boolean isOther(DType type, long[] shape) {
        return shape.length > 2 && shape.length < 5 && ArrayForm.isOther(type, shape);
    }

    private static PreparedSet other(Path file, NdArray array, LeftOut left) throws IOException {
        ArrayForm form = ArrayForm.of(file.toString(), array, left);
        return NpzPictures.set(file.getFileName().toString(), form, labelsBeside(file, (int) form.shape()[0]));
    }

    private static PreparedSet set(String name, long[] shape, ArrayPictures.Bytes bytes, Labels labels) {
        int channels = shape.length == 3 ? 1 : (int) shape[3];
        return new ArrayPictures(name, (int) shape[2], (int) shape[1], channels, bytes, labels);
    }

    /** Files inside a zip cannot be mapped; they are read instead. */
    private static boolean isPlain(Path file) {
        return file.getFileSystem() == FileSystems.getDefault();
    }

    private static NdArray inArchive(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return Npy.read(in, file.toString(), Origin.MOST_BYTES);
        }
    }

    static void check(String name, DType type, long[] shape) {
        boolean sizes = shape.length == 3 || (shape.length == 4 && (shape[3] == 1 || shape[3] == 3));
        if (type != DType.UINT8 || !sizes) {
            String hint = shape.length == 4 && (shape[1] == 1 || shape[1] == 3)
                    ? " This looks like [N, C, H, W]: move the channels to the end."
                    : "";
            throw new InputException(Words.of(
                    "%s holds %s %s; %s.%s",
                    name, type.name().toLowerCase(Locale.ROOT), Arrays.toString(shape), SHAPES, hint));
        }
        if (shape[0] > Integer.MAX_VALUE || shape[1] * shape[2] * 3 > Integer.MAX_VALUE) {
            throw new InputException(name + " holds more pictures or larger ones than can be used.");
        }
        if (NdArray.byteCount(type, shape) == 0) {
            throw new InputException(Words.of("%s is empty: its shape is %s.", name, Arrays.toString(shape)));
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
        return new ArrayPictures.Bytes() {
            @Override
            public void copy(int index, byte[] into, int offset) {
                try {
                    file.rows(index, 1).data().get(0, into, offset, length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public boolean lieReady() {
                return false;
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
            long[] shape = shapeOf(file);
            if (shape.length > 0 && shape[0] == count) {
                fitting.add(file);
            } else {
                others.add(file.getFileName() + " " + Arrays.toString(shape));
            }
        }
        if (fitting.size() > 1) {
            throw new InputException(Words.of(
                    "Two files beside %s could be its labels: %s and %s. Move one away.",
                    pictures, fitting.get(0).getFileName(), fitting.get(1).getFileName()));
        }
        if (fitting.isEmpty() && !others.isEmpty()) {
            throw new InputException(Words.of(
                    "%s has %d pictures, but the labels beside it are %s; they need the same first size.",
                    pictures, count, String.join(", ", others)));
        }
        return fitting.isEmpty() ? Labels.none(count) : labels(fitting.get(0), classes);
    }

    private static long[] shapeOf(Path file) throws IOException {
        if (!isPlain(file)) {
            return inArchive(file).shape();
        }
        try (NpyFile array = NpyFile.open(file)) {
            return array.shape();
        }
    }

    private static Labels labels(Path file, Path classes) throws IOException {
        NdArray array = isPlain(file) ? Npy.read(file) : inArchive(file);
        List<String> names = Files.isRegularFile(classes) ? NpyLabels.lines(Origin.text(classes)) : List.of();
        return NpyLabels.of(array, file.toString(), names);
    }

    static boolean isLabelFile(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".npy") && name.contains("label");
    }
}
