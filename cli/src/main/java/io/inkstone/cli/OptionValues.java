package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.data.Split;
import io.inkstone.data.convert.Form;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.models.foreign.MissingShortcut;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import io.inkstone.weights.layout.Layout;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values as the library's own types; a word that is none of them is wrong usage, said with the option's name. */
final class OptionValues {
    private OptionValues() {}

    /** The words of {@code --sampler}, for help texts and completion. */
    static final class Samplers implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(SamplerChoice.values())
                    .map(SamplerChoice::word)
                    .iterator();
        }
    }

    /** The words of {@code --grid}, likewise. */
    static final class Grids implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(GridChoice.values()).map(GridChoice::word).iterator();
        }
    }

    /** The names of recipes that ship, for completion. */
    static final class RecipeNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Recipes.shipped().keySet().iterator();
        }
    }

    /** For {@code line} and all commands below it. */
    static CommandLine understoodBy(CommandLine line) {
        NumberWords.understoodBy(line);
        choice(line, Precision.class, "precision", List.of(Precision.values()));
        choice(line, SavedRun.Weights.class, "kind of weights", List.of(SavedRun.Weights.values()));
        choice(line, MissingShortcut.class, "missing shortcut", List.of(MissingShortcut.values()));
        choice(line, Metric.class, "metric", List.of(Metric.values()));
        choice(line, Split.class, "part of the data", List.of(Split.values()));
        choice(line, Form.class, "form of data", List.of(Form.values()));
        // Older names are only read.
        choice(line, Layout.class, "layout", List.of(Layout.INKSTONE, Layout.COMPVIS, Layout.DIFFUSERS));
        return line;
    }

    private static <E extends Enum<E>> void choice(CommandLine line, Class<E> type, String what, List<E> known) {
        line.registerConverter(type, new Choice<>(what, known));
    }

    /** One of the known ones by its name. */
    private record Choice<E extends Enum<E>>(String what, List<E> known) implements ITypeConverter<E> {
        @Override
        public E convert(String word) {
            return known.stream()
                    .filter(choice -> choice.name().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(Words.of(
                            "there is no %s '%s'. Known: %s.",
                            what,
                            word,
                            known.stream()
                                    .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")))));
        }
    }
}
