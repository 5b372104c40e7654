package io.inkstone.layers;

import io.inkstone.tensor.Scope;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** What layers of one thread made of their last input, for passes over the same tensor in a row. */
final class SharedResults implements AutoCloseable {
    private final Map<Layer, Remembered> remembered = new IdentityHashMap<>();

    /** What a layer made of its last input. */
    private record Remembered(Tensor input, long version, List<Tensor> results) {
        boolean isOf(Tensor other) {
            return input == other && version == other._version();
        }

        void release() {
            results.forEach(Scope::release);
        }
    }

    /** The results for {@code input}, computed unless they are those of the last time. */
    List<Tensor> of(Layer layer, Tensor input, Supplier<List<Tensor>> work) {
        Remembered last = remembered.get(layer);
        if (last != null && last.isOf(input)) {
            return last.results();
        }
        List<Tensor> results = work.get();
        results.forEach(Scope::own);
        remembered.put(layer, new Remembered(input, input._version(), results));
        if (last != null) {
            last.release();
        }
        return results;
    }

    @Override
    public void close() {
        remembered.values().forEach(Remembered::release);
    }
}
