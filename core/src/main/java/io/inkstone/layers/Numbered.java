package io.inkstone.layers;

import java.util.ArrayList;
import java.util.List;

/** Layers that their owner passes one by one, named "0", "1", … in the order in which they were added. */
public final class Numbered<L extends Layer> extends Layer {
    private final List<L> layers = new ArrayList<>();

    /** Adds one at the end, and returns it. */
    public <M extends L> M add(M layer) {
        layers.add(child(String.valueOf(layers.size()), layer));
        return layer;
    }

    public L get(int index) {
        return layers.get(index);
    }

    public int size() {
        return layers.size();
    }

    /** All, in order. */
    public List<L> all() {
        return List.copyOf(layers);
    }
}
