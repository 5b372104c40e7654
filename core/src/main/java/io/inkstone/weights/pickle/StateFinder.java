package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.weights.NamePrefixes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the named tensors in what a pickle holds: a state dict, a checkpoint with one inside, or a whole module, whose
 * entries {@code _parameters}, {@code _buffers} and {@code _modules} are walked as plain data.
 */
final class StateFinder {
    /** Where checkpoints keep their weights, the most common first. */
    private static final List<String> WRAPPERS =
            List.of("state_dict", "model_state_dict", "model", "module", "network", "net", "weights", "params");

    /** Whose objects stand for modules of a TorchScript archive, which libtorch also writes around plain tensors. */
    private static final String SCRIPT = "__torch__.";

    private static final int MAX_DEPTH = 100;
    private static final int MAX_VISITS = 200_000;
    private static final int MAX_NAME = 2000;

    private final String file;
    private final Set<String> unknown;
    private final List<String> notes = new ArrayList<>();
    private int visits;

    /**
     * @param file named in messages
     * @param unknown classes and functions outside the allow-list that the pickle mentioned
     */
    StateFinder(String file, Set<String> unknown) {
        this.file = file;
        this.unknown = unknown;
    }

    /** Puts the tensors into {@code tensors} and returns notes on what was left out. */
    List<String> find(Py top, Map<String, Py.Tensor> tensors) {
        state(unwrap(top, tensors), "", tensors);
        if (tensors.isEmpty()) {
            throw new InputException(file + " holds no tensors.");
        }
        return notes;
    }

    private void state(Py state, String prefix, Map<String, Py.Tensor> tensors) {
        if (state instanceof Py.Thing module && (module.isModule() || isScript(module))) {
            int before = tensors.size();
            if (module.isModule()) {
                walk(module, prefix, 0, tensors);
            } else {
                walkScript(module, prefix, 0, tensors);
            }
            notes.add(Words.of(
                            "%s holds a whole %s module (%s); its %d tensors were read as plain data, its classes were not",
                            file,
                            module.isModule() ? "pickled" : "TorchScript",
                            module.className,
                            tensors.size() - before)
                    + " created.");
            return;
        }
        refuseUnknown();
        if (!(state instanceof Py.Dict dict)) {
            throw new InputException(file + " holds " + describe(state)
                    + "; a state dict, a checkpoint with one, or a"
                    + " module was expected. Save the weights: torch.save(model.state_dict(), path).");
        }
        take(dict, prefix, tensors);
    }

    private static boolean isScript(Py.Thing thing) {
        return thing.className.startsWith(SCRIPT);
    }

    private void refuseUnknown() {
        if (!unknown.isEmpty()) {
            String first = unknown.iterator().next();
            throw new Rebuild(file).refused(first);
        }
    }

    /**
     * Steps into the wrappers of checkpoints, and says what stays outside. Where averaged weights lie beside the trained
     * ones, those are taken too, under the name of their entry, and so is what was trained.
     */
    private Py unwrap(Py top, Map<String, Py.Tensor> tensors) {
        Py state = top;
        for (int depth = 0; depth < 4 && state instanceof Py.Dict dict && !holdsTensors(dict); depth++) {
            String inner = wrapper(dict);
            if (inner == null) {
                return state;
            }
            List<String> averages = NamePrefixes.isAverage(inner)
                    ? List.of()
                    : states(dict).stream().filter(NamePrefixes::isAverage).toList();
            state = dict.byName.get(inner);
            int outside = dict.byName.size() + dict.others - 1 - averages.size();
            if (outside > 0) {
                notes.add(Words.of(
                        "The weights are the entry '%s' of %s; %s left out.",
                        inner, file, counted(outside, dict, inner)));
            }
            if (!averages.isEmpty()) {
                averages.forEach(name -> state(unwrap(dict.byName.get(name), tensors), name + ".", tensors));
                Py.Dict named = new Py.Dict();
                Map<String, Py.Tensor> own = new LinkedHashMap<>();
                state(unwrap(state, tensors), inner + ".", own);
                own.forEach((name, tensor) -> named.put(new Py.Text(name), tensor));
                return named;
            }
        }
        return state;
    }

    private String wrapper(Py.Dict dict) {
        for (String name : WRAPPERS) {
            if (isState(dict.byName.get(name))) {
                return name;
            }
        }
        List<String> all = states(dict);
        List<String> trained =
                all.stream().filter(name -> !NamePrefixes.isAverage(name)).toList();
        List<String> states = trained.isEmpty() ? all : trained;
        if (states.size() > 1) {
            throw new InputException(Words.of(
                    "%s holds several sets of weights (%s). Save the one you want alone: torch.save(x[name], path).",
                    file, String.join(", ", states)));
        }
        return states.isEmpty() ? null : states.get(0);
    }

    private static List<String> states(Py.Dict dict) {
        return dict.byName.keySet().stream()
                .filter(name -> isState(dict.byName.get(name)))
                .limit(20)
                .toList();
    }

    private static boolean isState(Py value) {
        if (value instanceof Py.Dict dict) {
            return holdsTensors(dict) || WRAPPERS.stream().anyMatch(w -> dict.byName.get(w) instanceof Py.Dict);
        }
        return value instanceof Py.Thing thing && (thing.isModule() || isScript(thing));
    }

    private static boolean holdsTensors(Py.Dict dict) {
        return dict.byName.values().stream().anyMatch(Py.Tensor.class::isInstance);
    }

    private void take(Py.Dict dict, String prefix, Map<String, Py.Tensor> found) {
        int before = found.size();
        dict.byName.forEach((name, value) -> {
            if (value instanceof Py.Tensor tensor) {
                found.put(prefix + name, tensor);
            }
        });
        int outside = dict.byName.size() + dict.others - (found.size() - before);
        if (outside > 0) {
            notes.add(Words.of("%s of %s left out.", counted(outside, dict, null), file));
        }
    }

    private static String counted(int count, Py.Dict dict, String without) {
        List<String> names = dict.byName.entrySet().stream()
                .filter(e -> !(e.getValue() instanceof Py.Tensor) && !e.getKey().equals(without))
                .map(e -> e.getKey().length() > 60 ? e.getKey().substring(0, 60) + "…" : e.getKey())
                .limit(5)
                .toList();
        return Words.of(
                        "%d %s (%s%s)",
                        count, count == 1 ? "entry" : "entries", String.join(", ", names), count > 5 ? ", …" : "")
                + (count == 1 ? " was" : " were");
    }

    private void walk(Py.Thing module, String prefix, int depth, Map<String, Py.Tensor> found) {
        visit(1, depth, prefix);
        Set<String> unsaved = new HashSet<>();
        if (module.state.byName.get("_non_persistent_buffers_set") instanceof Py.Items items) {
            visit(items.values.size(), depth, prefix);
            items.values.forEach(v -> unsaved.add(v instanceof Py.Text text ? text.value() : ""));
        }
        for (String group : List.of("_parameters", "_buffers")) {
            module.attribute(group).forEach((name, value) -> {
                visit(1, depth, name);
                boolean saved = group.equals("_parameters") || !unsaved.contains(name);
                if (saved && value instanceof Py.Tensor tensor) {
                    found.put(prefix + name, tensor);
                }
            });
        }
        module.attribute("_modules").forEach((name, value) -> {
            visit(1, depth, name);
            if (value instanceof Py.Thing child) {
                walk(child, prefix + name + ".", depth + 1, found);
            }
        });
    }

    private void walkScript(Py.Thing module, String prefix, int depth, Map<String, Py.Tensor> found) {
        visit(1, depth, prefix);
        module.state.byName.forEach((name, value) -> {
            visit(1, depth, name);
            if (value instanceof Py.Tensor tensor) {
                found.put(prefix + name, tensor);
            } else if (value instanceof Py.Thing child && isScript(child)) {
                walkScript(child, prefix + name + ".", depth + 1, found);
            }
        });
    }

    /** A small file can name one module again and again, or inside itself: the walk, not the file, is bounded. */
    private void visit(int count, int depth, String name) {
        visits += count;
        if (depth > MAX_DEPTH || visits > MAX_VISITS || name.length() > MAX_NAME) {
            throw new InputException(file + " holds a module that is nested too deeply or contains itself.");
        }
    }

    private static String describe(Py value) {
        if (value instanceof Py.Tensor) {
            return "a single tensor without a name";
        }
        if (value instanceof Py.Thing thing) {
            return "an object of class " + thing.className;
        }
        return value instanceof Py.Items ? "a list" : "a single value";
    }
}
