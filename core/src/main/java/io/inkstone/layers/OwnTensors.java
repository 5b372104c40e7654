package io.inkstone.layers;

import io.inkstone.tensor.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The named tensors of one layer, without its children's: trained ones and running statistics, as they were registered. */
final class OwnTensors {
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();

    /** Which of them are asked for. */
    enum Which {
        PARAMETERS,
        BUFFERS,
        ALL
    }

    Tensor parameter(String name, Tensor first) {
        return register(parameters, name, first.detach()).requires_grad_(true);
    }

    Tensor buffer(String name, Tensor first) {
        return register(buffers, name, first.detach());
    }

    private Tensor register(Map<String, Tensor> tensors, String name, Tensor tensor) {
        if (parameters.containsKey(name) || buffers.containsKey(name)) {
            throw new IllegalArgumentException("A layer has two tensors named '" + name + "'.");
        }
        tensors.put(name, Scope.own(tensor));
        return tensor;
    }

    /** Adds them to {@code all} under their names after {@code prefix}. */
    void list(Which which, String prefix, Map<String, Tensor> all) {
        if (which != Which.BUFFERS) {
            parameters.forEach((name, tensor) -> all.put(prefix + name, tensor));
        }
        if (which != Which.PARAMETERS) {
            buffers.forEach((name, tensor) -> all.put(prefix + name, tensor));
        }
    }
}
