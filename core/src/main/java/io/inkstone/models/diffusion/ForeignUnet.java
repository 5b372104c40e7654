package io.inkstone.models.diffusion;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.models.DataForm;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import io.inkstone.models.foreign.MissingShortcut;
import io.inkstone.models.unet.ContextUnet;
import io.inkstone.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the shapes of a {@link ContextUnet} tell: all but its pool. */
final class ForeignUnet {
    private static final String SHORTCUT = "init_conv.shortcut.";

    private ForeignUnet() {}

    static Optional<Imported<DiffusionSettings>> recognise(Foreign file, DiffusionSettings settings) {
        if (!file.holds("init_conv.conv1.0.weight", "up0.0.weight")) {
            return Optional.empty();
        }
        DiffusionSettings.ModelGroup model = settings.model();
        int width = file.size("init_conv.conv1.0.weight", 0, model.width());
        int channels = file.size("init_conv.conv1.0.weight", 1, file.data().channels());
        List<String> classes = classes(file);
        return Optional.of(new Imported<>(
                settings.with(model.with(NetworkChoice.CONTEXT, width)
                        .with(new DiffusionSettings.ContextKeys(model.context().pool(), true))
                        .withConditional(model.conditional() && !classes.isEmpty())),
                new DataForm(
                        channels, 4 * file.size("up0.0.weight", 2, file.data().side() / 4), classes),
                whole(file, channels, width)));
    }

    /** A context of one entry is that of a network without labels, unless the data has one class. */
    private static List<String> classes(Foreign file) {
        return classes(file, "contextembed1.model.0.weight");
    }

    /** @param name of the weight [·, c] that the context meets first */
    static List<String> classes(Foreign file, String name) {
        int size = file.size(name, 1, Math.max(1, file.data().classes().size()));
        return size == 1 && file.data().classes().size() != 1 ? List.of() : file.classes(size);
    }

    private static WeightSet whole(Foreign file, int channels, int width) {
        WeightSet set = file.weights();
        if (set.tensors().keySet().stream().anyMatch(name -> name.startsWith(SHORTCUT))) {
            return set;
        }
        MissingShortcut choice = file.missingShortcut().orElseThrow(() -> new InputException(
                        "The weights lack init_conv.shortcut: the copy of this network that they come from draws that projection anew in every pass and never saves it. Choose what takes its place: zero (nothing) or random (a fixed projection).")
                .about("missingShortcut=zero"));
        Map<String, NdArray> tensors = new LinkedHashMap<>(set.tensors());
        choice.projection(channels, width).forEach((name, array) -> tensors.put(SHORTCUT + name, array));
        List<String> notes = new ArrayList<>(set.notes());
        notes.add(Words.of(
                "init_conv.shortcut was not in the file; it is %s now.",
                choice == MissingShortcut.ZERO ? "zero" : "a fixed random projection"));
        return new WeightSet(tensors, set.metadata(), notes);
    }
}
