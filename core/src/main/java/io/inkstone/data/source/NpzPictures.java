package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npz;
import io.inkstone.data.DataSet;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Pictures and labels in one {@code .npz}: of each part, told by the names ({@code x_train}, {@code val_images}), the one
 * array of three or four axes, and the one of fewer axes with the same N.
 */
final class NpzPictures {
    private NpzPictures() {}

    static Optional<Finding> find(Origin origin) throws IOException {
        List<Path> files = Folders.files(origin.root()).stream()
                .filter(file -> Folders.extension(Folders.name(file)).equals("npz"))
                .toList();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String names = files.stream().map(Folders::name).limit(6).collect(Collectors.joining(", "));
        if (files.size() > 1 || files.get(0).getFileSystem() != FileSystems.getDefault()) {
            throw new InputException(
                    Words.of("%s holds %s; point at one that is not in an archive.", origin.name(), names));
        }
        return Optional.of(new Finding(Finding.Kind.NPZ, names, names, () -> open(origin, files.get(0))));
    }

    static DataSet open(Origin origin, Path file) throws IOException {
        Map<Split, Map<String, NdArray>> byPart = new EnumMap<>(Split.class);
        for (Map.Entry<String, NdArray> array : Npz.read(file).entrySet()) {
            Split part = PartName.ofFile(array.getKey()).orElse(Split.TRAIN);
            byPart.computeIfAbsent(part, split -> new TreeMap<>()).put(array.getKey(), array.getValue());
        }
        Path classes = file.resolveSibling("classes.txt");
        List<String> names = Files.isRegularFile(classes) ? NpyLabels.lines(Origin.text(classes)) : List.of();
        Map<Split, DataSet> parts = new EnumMap<>(Split.class);
        for (Map.Entry<Split, Map<String, NdArray>> part : byPart.entrySet()) {
            parts.put(part.getKey(), DataSet.of(part(origin, file, part.getValue(), names)));
        }
        if (!parts.containsKey(Split.TRAIN)) {
            throw new InputException(Words.of(
                    "%s has only held-out arrays (%s) and nothing to train on.",
                    file, words(byPart.values().iterator().next())));
        }
        return PartAgreement.of(origin, parts);
    }

    private static ArrayPictures part(Origin origin, Path file, Map<String, NdArray> arrays, List<String> names) {
        List<String> pictures = arrays.keySet().stream()
                .filter(name -> arrays.get(name).shape().length >= 3)
                .toList();
        if (pictures.size() != 1) {
            throw new InputException(Words.of(
                    "%s holds %s; one array of pictures [N, H, W, C] a part was expected.", file, words(arrays)));
        }
        NdArray array = arrays.get(pictures.get(0));
        ArrayForm form = ArrayForm.of(file + " " + pictures.get(0), array, origin.left());
        int count = (int) form.shape()[0];
        List<String> labels = new ArrayList<>();
        for (Map.Entry<String, NdArray> other : arrays.entrySet()) {
            long[] shape = other.getValue().shape();
            if (shape.length > 0 && shape.length < 3 && shape[0] == count) {
                labels.add(other.getKey());
            } else if (!other.getKey().equals(pictures.get(0))) {
                origin.left()
                        .note(Words.of(
                                "Left out of %s: the array %s %s.",
                                file.getFileName(), other.getKey(), Arrays.toString(shape)));
            }
        }
        if (labels.size() > 1) {
            throw new InputException(Words.of(
                    "%s holds %s; only one array can be the labels of %s.", file, words(arrays), pictures.get(0)));
        }
        Labels of = labels.isEmpty()
                ? Labels.none(count)
                : NpyLabels.of(arrays.get(labels.get(0)), file + " " + labels.get(0), names);
        return set(file.getFileName() + " " + pictures.get(0), form, of);
    }

    /** Pictures over bytes in memory. */
    static ArrayPictures set(String name, ArrayForm form, Labels labels) {
        long[] shape = form.shape();
        int channels = shape.length == 3 ? 1 : (int) shape[3];
        int length = (int) (shape[1] * shape[2] * channels);
        return new ArrayPictures(
                name,
                (int) shape[2],
                (int) shape[1],
                channels,
                NpyPictures.over(ByteBuffer.wrap(form.bytes()), length),
                labels);
    }

    private static String words(Map<String, NdArray> arrays) {
        return arrays.entrySet().stream()
                .map(array ->
                        array.getKey() + " " + Arrays.toString(array.getValue().shape()))
                .limit(8)
                .collect(Collectors.joining(", "));
    }
}
