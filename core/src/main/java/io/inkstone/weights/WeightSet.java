package io.inkstone.weights;

import io.inkstone.array.NdArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tensors of one network by name, as read from a file or about to be written.
 *
 * @param tensors in the order of the file
 * @param metadata free text that travels with the weights (recipe, versions); empty where the format has none
 * @param notes sentences about what was left out or renamed while reading, for the person at the keyboard
 */
public record WeightSet(Map<String, NdArray> tensors, Map<String, String> metadata, List<String> notes) {
    public WeightSet {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        notes = List.copyOf(notes);
    }

    /** Tensors without metadata or notes. */
    public static WeightSet of(Map<String, NdArray> tensors) {
        return new WeightSet(tensors, Map.of(), List.of());
    }

    /** Shapes by name, in order. */
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    /** Number of elements of all tensors. */
    public long count() {
        return tensors.values().stream().mapToLong(NdArray::count).sum();
    }
}
