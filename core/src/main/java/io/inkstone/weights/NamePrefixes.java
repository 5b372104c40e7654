package io.inkstone.weights;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one rule for names that a wrapper has lengthened ({@code module.}, {@code _orig_mod.}, {@code model.},
 * {@code nn_model.}, {@code ema_model.}, …): what all names of the network share is taken away, entries outside it are left
 * out, and both are said. The same for every format.
 */
public final class NamePrefixes {
    /** Left by parallel and compiled modules; no network of any program has a part of that name. */
    private static final List<String> NEVER_OWN = List.of("module.", "_orig_mod.");

    private static final String COMPILED = "._orig_mod.";
    private static final Pattern AVERAGE = Pattern.compile("(?i)(.*[._])?(ema|averaged|avg|swa|shadow)([._].*)?");
    private static final int DEPTH = 4;
    private static final int WIDTH = 64;

    private NamePrefixes() {}

    /** Which weights are meant where a file holds the trained ones and their average. */
    public enum Which {
        /** As nobody said it: the trained ones, and a sentence that there are others. */
        UNSAID,
        AVERAGE
    }

    /** Part of the file under the names of a network. */
    private record Found(String prefix, WeightSet part) {
        boolean average() {
            return isAverage(prefix);
        }
    }

    /** Whether a name of an entry or prefix says that it holds averaged weights. */
    public static boolean isAverage(String name) {
        return AVERAGE.matcher(name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .matches();
    }

    /** Takes away what no network has in its names, where all names of the file begin with it. */
    static WeightSet common(WeightSet file) {
        List<String> notes = new ArrayList<>(file.notes());
        return new WeightSet(common(file.tensors(), notes), file.metadata(), notes);
    }

    /** The same for tensors of any kind; adds to {@code notes} what was taken away. */
    static <T> Map<String, T> common(Map<String, T> tensors, List<String> notes) {
        String strip = shared(tensors.keySet());
        if (!strip.isEmpty()) {
            notes.add(Words.of("All names began with '%s', which was taken away.", strip));
        }
        if (tensors.keySet().stream().anyMatch(name -> name.indexOf(COMPILED, strip.length()) >= 0)) {
            notes.add("Compiled parts had '_orig_mod.' in their names, which was taken away.");
        }
        Map<String, T> own = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            String plain = name.substring(strip.length()).replace(COMPILED, ".");
            if (own.put(plain, tensor) != null) {
                throw new InputException(Words.of("The file holds %s twice, once under a compiled part.", plain));
            }
        });
        return own;
    }

    private static String shared(Set<String> names) {
        String strip = "";
        for (boolean again = !names.isEmpty(); again && strip.length() < 40; ) {
            again = false;
            for (String prefix : NEVER_OWN) {
                String whole = strip + prefix;
                if (names.stream().allMatch(name -> name.startsWith(whole) && name.length() > whole.length())) {
                    strip = whole;
                    again = true;
                }
            }
        }
        return strip;
    }

    /**
     * The part of a file that is the network: the file as it is, or what lies below one prefix.
     *
     * @param known whether names are those of the network that is looked for
     * @return the file unchanged if nothing below any prefix is known
     */
    public static WeightSet network(WeightSet file, Which which, Predicate<WeightSet> known) {
        List<Found> found = new ArrayList<>();
        boolean plain = known.test(file);
        if (!plain || which == Which.AVERAGE) {
            look(file, "", known, found);
        }
        List<Found> averages = found.stream().filter(Found::average).toList();
        List<Found> trained = found.stream().filter(one -> !one.average()).toList();
        if (which == Which.AVERAGE) {
            return only(file, averages, "averaged");
        }
        if (plain || found.isEmpty()) {
            return file;
        }
        if (trained.isEmpty()) {
            return only(file, averages, "averaged");
        }
        WeightSet taken = only(file, trained, "trained");
        return averages.isEmpty()
                ? taken
                : noted(
                        taken,
                        Words.of(
                                "The file also holds averaged weights (%s): an import can take those instead.",
                                prefixes(averages)));
    }

    private static void look(WeightSet file, String prefix, Predicate<WeightSet> known, List<Found> found) {
        long depth = prefix.chars().filter(c -> c == '.').count();
        for (String first : firsts(file)) {
            WeightSet part = below(file, first);
            if (known.test(part)) {
                found.add(new Found(prefix + first, part));
            } else if (depth < DEPTH) {
                look(part, prefix + first, known, found);
            }
        }
    }

    /** What names begin with, up to their first dot; none if there are so many that no wrapper can have made them. */
    private static Set<String> firsts(WeightSet file) {
        Set<String> firsts = file.tensors().keySet().stream()
                .filter(name -> name.indexOf('.') >= 0)
                .map(name -> name.substring(0, name.indexOf('.') + 1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return firsts.size() > WIDTH ? Set.of() : firsts;
    }

    private static WeightSet below(WeightSet file, String prefix) {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                tensors.put(name.substring(prefix.length()), tensor);
            }
        });
        return common(new WeightSet(tensors, file.metadata(), List.of()));
    }

    private static WeightSet only(WeightSet file, List<Found> all, String kind) {
        if (all.isEmpty()) {
            throw new InputException("The file holds no averaged weights beside the trained ones: take those.")
                    .about("fromAverage");
        }
        if (all.size() > 1) {
            throw new InputException(
                    Words.of("The file holds several such networks (%s). Save the one you want alone.", prefixes(all)));
        }
        Found one = all.get(0);
        List<String> outside = file.tensors().keySet().stream()
                .filter(name -> !name.startsWith(one.prefix()))
                .toList();
        String left = outside.isEmpty()
                ? ""
                : Words.of(
                        "; %d %s outside it %s left out (%s)",
                        outside.size(),
                        outside.size() == 1 ? "entry" : "entries",
                        outside.size() == 1 ? "was" : "were",
                        outside.stream().limit(5).collect(Collectors.joining(", "))
                                + (outside.size() > 5 ? ", …" : ""));
        List<String> notes = new ArrayList<>(file.notes());
        notes.add(Words.of(
                "The names of the %s network began with '%s', which was taken away%s.", kind, one.prefix(), left));
        notes.addAll(one.part().notes());
        return new WeightSet(one.part().tensors(), file.metadata(), notes);
    }

    private static WeightSet noted(WeightSet set, String note) {
        List<String> notes = new ArrayList<>(set.notes());
        notes.add(note);
        return new WeightSet(set.tensors(), set.metadata(), notes);
    }

    private static String prefixes(List<Found> all) {
        return all.stream().map(one -> "'" + one.prefix() + "'").collect(Collectors.joining(", "));
    }
}
