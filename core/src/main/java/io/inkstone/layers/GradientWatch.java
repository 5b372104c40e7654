package io.inkstone.layers;

import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Tells, while a backward pass runs, which parameter has been given a gradient, or a further part of one, by autograd or by
 * a layer that forms its own.
 *
 * <p>Autograd calls a parameter's hook just before it adds; so what it announces is told of when the next thing is
 * announced, and the last one when the pass is over. Of a pass on another thread than that which began it (autograd has
 * threads of its own for devices other than the CPU) nothing is told before its end.
 */
public final class GradientWatch implements AutoCloseable {
    private static final ThreadLocal<GradientWatch> CURRENT = new ThreadLocal<>();
    private static final int NONE = -1;

    private final List<Tensor> parameters = new ArrayList<>();
    private final List<Hook> hooks = new ArrayList<>();
    /** By the address of what all handles of a parameter point to. */
    private final Map<Long, Integer> places = new HashMap<>();

    private IntConsumer told = place -> {};
    private int announced = NONE;

    /** Of {@code parameters}, whose places in this order are what is told. */
    public GradientWatch(List<Tensor> parameters) {
        try (Scope scope = Scope.open()) {
            for (Tensor parameter : parameters) {
                int place = places.size();
                places.put(address(parameter), place);
                Hook hook = Scope.own(new Hook(place));
                hook.number = parameter.register_hook(hook);
                hooks.add(hook);
                this.parameters.add(Scope.own(new Tensor(parameter)));
            }
        }
    }

    private static long address(Tensor parameter) {
        return parameter.unsafeGetTensorImpl().address();
    }

    /** Runs {@code backward} on this thread, of which {@code told} hears. */
    public void during(IntConsumer told, Runnable backward) {
        GradientWatch before = CURRENT.get();
        CURRENT.set(this);
        this.told = told;
        try {
            backward.run();
            tellAnnounced();
        } finally {
            CURRENT.set(before);
            this.told = place -> {};
            announced = NONE;
        }
    }

    /** A layer has added to what {@code parameter} has gathered. */
    static void gathered(Tensor parameter) {
        GradientWatch watch = CURRENT.get();
        if (watch != null) {
            Integer place = watch.places.get(address(parameter));
            if (place != null) {
                watch.tellAnnounced();
                watch.told.accept(place);
            }
        }
    }

    private void tellAnnounced() {
        int place = announced;
        announced = NONE;
        if (place != NONE) {
            told.accept(place);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < hooks.size(); i++) {
            parameters.get(i).remove_hook(hooks.get(i).number);
            Scope.release(hooks.get(i));
            Scope.release(parameters.get(i));
        }
        hooks.clear();
    }

    private final class Hook extends VoidTensorHook {
        private final int place;
        private int number;

        Hook(int place) {
            this.place = place;
        }

        @Override
        public void call(TensorBase gradient) {
            if (CURRENT.get() == GradientWatch.this) {
                tellAnnounced();
                announced = place;
            }
        }
    }
}
