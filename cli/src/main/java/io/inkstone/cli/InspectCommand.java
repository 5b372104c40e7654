package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.run.part.RecipeFit;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code inkstone inspect FILE|FOLDER}. */
@Command(
        name = "inspect",
        description =
                "Lists what a weight or array file holds: tensors, types, shapes, metadata, and which recipe fits."
                        + " No code of a file is ever run.")
final class InspectCommand implements Runnable {
    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "FILE|FOLDER",
            description = "A .safetensors, .pth, .pt, .ckpt, .npy or .npz file, or a folder that diffusers has saved.")
    private Path path;

    @Override
    public void run() {
        if (!Files.exists(path)) {
            throw new InputException(Words.of("There is no %s.", path));
        }
        try {
            if (Written.extension(path).equals(".npy")) {
                array();
            } else {
                weights();
            }
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", path, failure.getMessage()), failure);
        }
    }

    private void array() throws IOException {
        NdArray array = Npy.read(path);
        ArrayFacts facts = ArrayFacts.of(array);
        common.print(
                Words.of("%s: NumPy array, %s%n%s", path, words(array), facts.words()),
                Map.of(
                        "kind", "NumPy array",
                        "type", word(array.type()),
                        "shape", array.shape(),
                        "least", facts.least(),
                        "largest", facts.largest(),
                        "mean", facts.mean(),
                        "notFinite", facts.notFinite()));
    }

    private void weights() throws IOException {
        String kind = WeightFile.kind(path).words();
        WeightSet whole = WeightFile.read(path);
        List<RecipeFit> fits = RecipeFit.of(whole);
        WeightSet set = new WeightSet(
                whole.tensors(), whole.metadata(), RecipeFit.network(whole).notes());
        common.print(text(kind, set, fits), fields(kind, set, fits));
    }

    private String text(String kind, WeightSet set, List<RecipeFit> fits) {
        Table tensors = new Table(Table.Side.LEFT, Table.Side.LEFT, Table.Side.LEFT);
        set.tensors().forEach((name, tensor) -> tensors.row(name, word(tensor.type()), shape(tensor)));
        StringBuilder text = new StringBuilder(tensors.toString());
        set.metadata().forEach((key, value) -> text.append(Words.of("%s: %s%n", key, indented(value))));
        set.notes().forEach(note -> text.append(note).append(System.lineSeparator()));
        text.append(Words.of(
                "%s: %s, %s, %s%n",
                path, kind, Counted.of(set.tensors().size(), "tensor"), Counted.of(set.count(), "value")));
        if (fits.isEmpty()) {
            text.append("No shipped recipe has a network with these names.");
        } else {
            text.append(String.join(
                    System.lineSeparator(),
                    fits.stream().map(InspectCommand::words).toList()));
        }
        return text.toString();
    }

    /** {@code fits sprites (diffusion)}, and what differs. */
    private static String words(RecipeFit fit) {
        String name = Words.of("%s (%s)", fit.recipe(), fit.system());
        if (fit.problem().isPresent()) {
            return "like " + name + ", but: " + fit.problem().get();
        }
        return fit.taken().isEmpty()
                ? "fits " + name
                : Words.of("fits %s with %s", name, String.join(", ", fit.taken()));
    }

    private static String words(NdArray array) {
        return word(array.type()) + " " + shape(array);
    }

    private static String shape(NdArray array) {
        return Arrays.toString(array.shape());
    }

    private static String word(DType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static String indented(String value) {
        String stripped = value.strip();
        return stripped.contains("\n") ? "\n  " + stripped.replace("\n", "\n  ") : stripped;
    }

    private static Map<String, ?> fields(String kind, WeightSet set, List<RecipeFit> fits) {
        List<Map<String, ?>> tensors = set.tensors().entrySet().stream()
                .<Map<String, ?>>map(entry -> Map.of(
                        "name", entry.getKey(),
                        "type", word(entry.getValue().type()),
                        "shape", entry.getValue().shape()))
                .toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        fields.put("values", set.count());
        fields.put("tensors", tensors);
        fields.put("metadata", set.metadata());
        fields.put("notes", set.notes());
        fields.put("recipes", fits.stream().map(InspectCommand::fields).toList());
        return fields;
    }

    private static Map<String, ?> fields(RecipeFit fit) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recipe", fit.recipe());
        fields.put("system", fit.system());
        fields.put("taken", fit.taken());
        fit.problem().ifPresent(problem -> fields.put("problem", problem));
        return fields;
    }
}
