package io.inkstone.weights;

import io.inkstone.array.DType;
import io.inkstone.array.MappedFile;
import io.inkstone.array.NdArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Named tensors that stay in their files until each is asked for: opening reads headers only, so that weights of any size
 * cost nothing but the copy that a network keeps. Close it when everything is loaded; views of it share its files.
 */
public final class WeightSource implements AutoCloseable {
    private final Map<String, StoredTensor> tensors;
    private final Map<String, String> metadata;
    private final List<String> notes;
    private final List<MappedFile> files;

    private WeightSource(
            Map<String, StoredTensor> tensors,
            Map<String, String> metadata,
            List<String> notes,
            List<MappedFile> files) {
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        this.metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        this.notes = List.copyOf(notes);
        this.files = List.copyOf(files);
    }

    /** A file, or a folder of one network as diffusers and transformers write it; see {@link WeightFolder}. */
    public static WeightSource open(Path path) throws IOException {
        return Files.isDirectory(path) ? open(WeightFolder.find(path)) : file(path);
    }

    /** The weights that were found in a folder; the text of its configuration is in {@link #config}. */
    public static WeightSource open(WeightFolder folder) throws IOException {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new TreeMap<>();
        List<String> notes = new ArrayList<>(folder.notes());
        List<MappedFile> files = new ArrayList<>();
        boolean whole = false;
        try {
            for (Path part : folder.files()) {
                WeightSource source = file(part);
                files.addAll(source.files);
                source.tensors.forEach((name, tensor) -> folder.merge(tensors, name, tensor, part));
                metadata.putAll(source.metadata);
                notes.addAll(source.notes);
            }
            folder.requireAll(tensors.keySet());
            metadata.put(WeightFile.CONFIG, folder.config());
            whole = true;
        } finally {
            if (!whole) {
                closeAll(files);
            }
        }
        return new WeightSource(tensors, metadata, notes, files);
    }

    /** Arrays that are at hand already. */
    public static WeightSource of(WeightSet set) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        set.tensors().forEach((name, array) -> tensors.put(name, StoredTensor.of(array)));
        return new WeightSource(tensors, set.metadata(), set.notes(), List.of());
    }

    private static WeightSource file(Path path) throws IOException {
        if (WeightFile.kind(path) != WeightFile.Kind.SAFETENSORS) {
            return of(WeightFile.read(path));
        }
        MappedFile file = MappedFile.open(path);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        try {
            SafetensorsHeader header = Safetensors.header(file);
            header.entries().forEach((name, entry) -> {
                DType type = entry.type();
                tensors.put(
                        name, new StoredTensor.InFile(file, type, entry.shape(), header.dataStart() + entry.begin()));
            });
            List<String> notes = new ArrayList<>();
            return new WeightSource(NamePrefixes.common(tensors, notes), header.metadata(), notes, List.of(file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Tensors by name, in the order of the file. */
    public Map<String, StoredTensor> tensors() {
        return tensors;
    }

    /** Free text that lies beside the tensors; empty where the format has none. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The text of {@code config.json} where a folder was opened. */
    public Optional<String> config() {
        return Optional.ofNullable(metadata.get(WeightFile.CONFIG));
    }

    /** Sentences for the person at the keyboard: what was left out, renamed or chosen. */
    public List<String> notes() {
        return notes;
    }

    /** Shapes by name, in order. */
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    /**
     * Other names, a selection, or parts of the same tensors, over the same files.
     *
     * @param further sentences about what this view leaves out or renames
     */
    public WeightSource view(Map<String, StoredTensor> other, List<String> further) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(further);
        return new WeightSource(other, metadata, all, files);
    }

    /** Everything as arrays, mapped where the format allows; they outlive this source. */
    public WeightSet set() throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        for (var named : tensors.entrySet()) {
            arrays.put(named.getKey(), named.getValue().array());
        }
        return new WeightSet(arrays, metadata, notes);
    }

    /** Number of elements of all tensors. */
    public long count() {
        return tensors.values().stream().mapToLong(StoredTensor::count).sum();
    }

    /** Bytes that the values take in their files. */
    public long bytes() {
        return tensors.values().stream().mapToLong(StoredTensor::bytes).sum();
    }

    @Override
    public void close() throws IOException {
        closeAll(files);
    }

    private static void closeAll(List<MappedFile> files) throws IOException {
        for (MappedFile file : files) {
            file.close();
        }
    }
}
