package io.inkstone.weights.pickle;

import io.inkstone.array.DType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle can hold, as inert data. Containers may hold themselves (a hostile file can say so): they are compared by
 * identity, and nothing may walk them without a limit.
 */
sealed interface Py {
    enum None implements Py {
        NONE
    }

    record Truth(boolean value) implements Py {}

    record Whole(BigInteger value) implements Py {
        static Whole of(long value) {
            return new Whole(BigInteger.valueOf(value));
        }
    }

    record Real(double value) implements Py {}

    record Text(String value) implements Py {}

    record Bytes(byte[] value) implements Py {}

    /** Lists, tuples and sets: only their order and content matter here. */
    final class Items implements Py {
        final List<Py> values;

        Items(List<Py> values) {
            this.values = values;
        }
    }

    /** A dictionary; entries whose keys are no texts are only counted. */
    final class Dict implements Py {
        final Map<String, Py> byName = new LinkedHashMap<>();
        int others;

        void put(Py key, Py value) {
            if (key instanceof Text text) {
                byName.put(text.value(), value);
            } else {
                others++;
            }
        }
    }

    /** A class or function by name. It is never called; see {@link Rebuild} for the few whose results we know. */
    record Global(String name) implements Py {}

    /** An object of a class we do not create: the name and what was to be its state. */
    final class Thing implements Py {
        final String className;
        Dict state = new Dict();

        Thing(String className) {
            this.className = className;
        }

        /** Entries of a dictionary attribute; empty where there is none. */
        Map<String, Py> attribute(String name) {
            return state.byName.get(name) instanceof Dict dict ? dict.byName : Map.of();
        }

        boolean isModule() {
            return state.byName.get("_modules") instanceof Dict && state.byName.get("_parameters") instanceof Dict;
        }
    }

    /**
     * The place of tensors' elements, stored outside the pickle.
     *
     * @param type element type; uint8 for untyped storages
     * @param key the name under which the bytes are found
     * @param count number of elements
     */
    record Storage(DType type, String key, long count) implements Py {}

    /**
     * A view into a storage.
     *
     * @param type element type, which differs from the storage's where that is untyped
     * @param offset first element, counted in elements of {@code type}
     * @param shape sizes, outermost first
     * @param strides elements between neighbours along each dimension
     * @param negated whether the values are those of the storage with the other sign (the view's {@code neg} bit)
     */
    record Tensor(Storage storage, DType type, long offset, long[] shape, long[] strides, boolean negated)
            implements Py {}

    static Items items() {
        return new Items(new ArrayList<>());
    }
}
