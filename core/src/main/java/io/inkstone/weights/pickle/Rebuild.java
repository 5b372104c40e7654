package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the plain data that stands for the result of the few functions a weight file may ask for; refuses everything else
 * by name. One for each pickle, so that repeated requests are counted.
 */
final class Rebuild {
    private static final int MAX_DIMENSIONS = 64;
    private static final int MAX_TENSORS = 200_000;
    private static final int MAX_PAIRS = 1_000_000;

    private final String file;
    private final Map<String, Py.Storage> storages = new LinkedHashMap<>();
    private int tensors;
    private long pairs;

    Rebuild(String file) {
        this.file = file;
    }

    /** The storages that were named, by key. */
    Map<String, Py.Storage> storages() {
        return storages;
    }

    /** The data that stands for the result of {@code name(*arguments)}. */
    Py call(String name, List<Py> arguments) {
        if (AllowList.isContainer(name)) {
            return arguments.isEmpty() ? Py.items() : new Py.Items(items(arguments, 0).values);
        }
        if (AllowList.isDictionary(name)) {
            return dictionary(name, arguments);
        }
        if (AllowList.isInert(name)) {
            return new Py.Thing(name);
        }
        return switch (name) {
            case "torch._utils._rebuild_tensor" -> tensor(arguments, null, Integer.MAX_VALUE);
            case "torch._utils._rebuild_tensor_v2" -> tensor(arguments, null, 6);
            case "torch._utils._rebuild_tensor_v3" -> tensor(arguments, type(arguments, 6), 7);
            // libtorch's own pickler wraps containers so; each gives its first argument back
            case "torch._utils._rebuild_parameter",
                    "torch._utils._rebuild_parameter_with_state",
                    "torch.jit._pickle.restore_type_tag",
                    "torch.jit._pickle.build_intlist",
                    "torch.jit._pickle.build_doublelist",
                    "torch.jit._pickle.build_boollist",
                    "torch.jit._pickle.build_tensorlist" -> argument(arguments, 0);
            case "torch._tensor._rebuild_from_type_v2" ->
                call(global(arguments, 0), items(arguments, 2).values, "torch._utils._rebuild_");
            case "_codecs.encode" -> new Py.Thing("bytes");
            case "copyreg._reconstructor" -> instance(global(arguments, 0), List.of());
            default -> throw refused(name);
        };
    }

    private Py call(String name, List<Py> arguments, String prefix) {
        if (!name.startsWith(prefix)) {
            throw refused(name);
        }
        return call(name, arguments);
    }

    /** An object of class {@code name}: a container we know, or a record of the name. */
    Py instance(String name, List<Py> arguments) {
        if (AllowList.isContainer(name) || AllowList.isDictionary(name)) {
            return call(name, arguments);
        }
        return new Py.Thing(name);
    }

    private Py dictionary(String name, List<Py> arguments) {
        Py.Dict dict = new Py.Dict();
        if (!arguments.isEmpty() && !name.endsWith("defaultdict")) {
            List<Py> given = items(arguments, 0).values;
            pairs += given.size(); // one list may be named again and again
            if (pairs > MAX_PAIRS) {
                throw damaged("it makes dictionaries of more than " + MAX_PAIRS + " entries");
            }
            for (Py pair : given) {
                if (!(pair instanceof Py.Items two) || two.values.size() != 2) {
                    throw damaged("a dictionary is made of what is no pairs");
                }
                dict.put(two.values.get(0), two.values.get(1));
            }
        }
        return dict;
    }

    /** What a persistent id stands for: a storage by key, or (before zip files) a class with its source text. */
    Py persistent(List<Py> id) {
        String kind = text(id, 0);
        if (kind.equals("module")) {
            return new Py.Global(global(id, 1));
        }
        DType type = AllowList.storage(global(id, 1));
        if (!kind.equals("storage") || type == null) {
            throw new InputException(Words.of(
                    "%s: a tensor has elements of %s, which cannot be read. Convert it with tensor.float().",
                    file, global(id, 1)));
        }
        if (id.size() > 5 && id.get(5) != Py.None.NONE) {
            throw new InputException(file + " was written by a PyTorch before 0.4 (views of storages)."
                    + " Load it there and save it again.");
        }
        String key = argument(id, 2) instanceof Py.Whole whole ? whole.value().toString() : text(id, 2);
        Py.Storage storage = new Py.Storage(type, key, size(argument(id, 4)));
        Py.Storage before = storages.putIfAbsent(key, storage);
        if (before != null && (before.type() != type || before.count() != storage.count())) {
            throw damaged("storage " + key + " is described in two ways");
        }
        return storage;
    }

    /** @param metadata index of the argument that tells of a view's bits */
    private Py tensor(List<Py> arguments, DType type, int metadata) {
        if (!(argument(arguments, 0) instanceof Py.Storage storage)) {
            throw damaged("a tensor has no storage");
        }
        if (++tensors > MAX_TENSORS) {
            throw damaged("it has more than " + MAX_TENSORS + " tensors");
        }
        long[] shape = sizes(items(arguments, 2));
        long[] strides = sizes(items(arguments, 3));
        if (shape.length != strides.length) {
            throw damaged("a tensor has " + shape.length + " sizes and " + strides.length + " strides");
        }
        long offset = size(argument(arguments, 1));
        return new Py.Tensor(
                storage, type == null ? storage.type() : type, offset, shape, strides, negated(arguments, metadata));
    }

    /** A view may be saved lazily: its values are the storage's with the other sign. Other bits are not understood. */
    private boolean negated(List<Py> arguments, int index) {
        if (index >= arguments.size() || !(arguments.get(index) instanceof Py.Dict bits)) {
            return false;
        }
        bits.byName.forEach((name, value) -> {
            if (!name.equals("neg") && !value.equals(new Py.Truth(false))) {
                throw new InputException(
                        Words.of("%s: a tensor is saved as a view whose '%s' is not understood.", file, name)
                                + " Save it whole: tensor.resolve_conj().resolve_neg().clone().");
            }
        });
        return new Py.Truth(true).equals(bits.byName.get("neg"));
    }

    private DType type(List<Py> arguments, int index) {
        String name = global(arguments, index);
        DType type = AllowList.elementType(name);
        if (type == null) {
            throw new InputException(Words.of(
                    "%s: a tensor has elements of %s, which cannot be read. Convert it with tensor.float().",
                    file, name));
        }
        return type;
    }

    private long[] sizes(Py.Items items) {
        if (items.values.size() > MAX_DIMENSIONS) {
            throw damaged("a tensor has " + items.values.size() + " dimensions");
        }
        return items.values.stream().mapToLong(this::size).toArray();
    }

    private long size(Py value) {
        if (value instanceof Py.Whole whole
                && whole.value().signum() >= 0
                && whole.value().bitLength() < 63) {
            return whole.value().longValue();
        }
        throw damaged("a size was expected");
    }

    private Py argument(List<Py> arguments, int index) {
        if (index >= arguments.size()) {
            throw damaged("a call has only " + arguments.size() + " arguments");
        }
        return arguments.get(index);
    }

    private Py.Items items(List<Py> arguments, int index) {
        if (argument(arguments, index) instanceof Py.Items items) {
            return items;
        }
        throw damaged("a list was expected");
    }

    private String text(List<Py> arguments, int index) {
        if (argument(arguments, index) instanceof Py.Text text) {
            return text.value();
        }
        throw damaged("a text was expected");
    }

    private String global(List<Py> arguments, int index) {
        if (argument(arguments, index) instanceof Py.Global global) {
            return global.name();
        }
        throw damaged("a class was expected");
    }

    private InputException damaged(String why) {
        return new InputException(file + " holds a damaged pickle: " + why + ".");
    }

    InputException refused(String name) {
        return new InputException(Words.of(
                        "%s asks for %s, which is not on the list of what a weight file may use. Nothing was run.",
                        file, name)
                + " Save the weights alone: torch.save(model.state_dict(), path).");
    }
}
