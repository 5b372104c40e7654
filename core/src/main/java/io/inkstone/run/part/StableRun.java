package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.Model;
import io.inkstone.models.stable.StableFile;
import io.inkstone.models.stable.StableFolder;
import io.inkstone.models.stable.StableModel;
import io.inkstone.models.stable.StableParts;
import io.inkstone.models.stable.StableSettings;
import io.inkstone.models.stable.StableSource;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.WeightFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Runs of Stable Diffusion: the U-Net is what their checkpoints hold, text encoder, autoencoder, tokenizer and scheduler are
 * {@linkplain Parts parts} in the layout of diffusers. Also folders and files of others, which are opened like runs.
 */
public final class StableRun {
    private StableRun() {}

    /** What lies there, weights unread. */
    static StableSource source(Path place, StableSettings settings, NamePrefixes.Which which) throws IOException {
        return Files.isDirectory(place)
                ? StableFolder.of(place, Optional.empty()).source()
                : StableFile.open(place, StableImport.said(settings), which);
    }

    /** Opens a folder or a file as if it were a run; nothing is written. */
    static SavedRun open(Path place, ComputeDevice device) {
        try (StableImport given = StableImport.of(place, StableImport.shipped(), NamePrefixes.Which.UNSAID)) {
            given.source().requireRoom();
            StableModel model = given.source().model();
            model.unet().moveTo(device);
            model.settle();
            model.parts().moveTo(device);
            return new SavedRun(
                    new RunDirectory(place),
                    given.recipe(),
                    model,
                    ForeignRun.held(weightFile(place.toAbsolutePath())));
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", place, failure.getMessage()), failure);
        }
    }

    /** What stands for the weights of a folder or file where one file is asked for: the U-Net's, or its first shard. */
    static Path weightFile(Path place) {
        try {
            return Files.isDirectory(place)
                    ? WeightFolder.find(StableFolder.of(place, Optional.empty())
                                    .path()
                                    .resolve("unet"))
                            .files()
                            .get(0)
                    : place;
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", place, failure.getMessage()), failure);
        }
    }

    /**
     * Attaches its parts to each of {@code models} that is of Stable Diffusion; they share them.
     *
     * @param root of the run that they belong to; need not exist yet
     */
    public static void attach(Path root, ComputeDevice device, List<Model> models) {
        StableParts shared = null;
        for (Model model : models) {
            if (model instanceof StableModel stable) {
                if (shared == null) {
                    shared = parts(place(root, stable), device);
                }
                LoraBase.fill(stable, root, device);
                stable.attach(shared);
            }
        }
    }

    private static Path place(Path root, StableModel model) {
        Path own = root.resolve(Parts.FOLDER);
        Path others = Path.of(model.settings().parts().run()).resolve(Parts.FOLDER);
        if (Files.isDirectory(own)) {
            return own;
        }
        if (!Files.isDirectory(others)) {
            throw new InputException(Words.of(
                    "The parts of %s are missing: neither %s nor %s is there. Copy the folder parts of the run that it was tuned from there.",
                    root, own, others));
        }
        return others;
    }

    private static StableParts parts(Path folder, ComputeDevice device) {
        try (StableSource source = StableFolder.beside(folder)) {
            StableParts parts = source.parts();
            parts.moveTo(device);
            return parts;
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", folder, failure.getMessage()), failure);
        }
    }

    /**
     * Memory of text encoder and autoencoder, which stand beside a U-Net that is trained, by their files; 0 where there are none.
     *
     * @param model built from shapes only, say
     */
    public static long besideBytes(Model model) {
        if (!(model instanceof StableModel stable) || !stable.settings().parts().named()) {
            return 0;
        }
        try {
            return bytes(Path.of(stable.settings().parts().run()), part -> !part.name()
                    .equals(StableSource.Part.UNET.folder()));
        } catch (IOException gone) {
            return 0; // said where it is read
        }
    }

    private static long bytes(Path root, Predicate<Parts.Part> counted) throws IOException {
        long bytes = 0;
        for (Parts.Part part : Parts.of(root).parts()) {
            bytes += counted.test(part) ? Files.size(root.resolve(part.file())) : 0;
        }
        return bytes;
    }

    /** Refuses a run for which this machine has no memory, before a weight is read; others pass. */
    public static void requireRoom(Path root, Path weights) {
        OptionalLong free = ProcessMemory.availableMegabytes();
        if (!Files.isDirectory(root.resolve(Parts.FOLDER)) || free.isEmpty()) {
            return;
        }
        long need;
        try {
            need = Files.size(weights) + bytes(root, part -> true);
        } catch (IOException gone) {
            return; // said where it is read
        }
        if (need >> 20 > free.getAsLong()) {
            throw new InputException(Words.of(
                    "The weights of %s need %,d MB of memory, and %,d MB are free on this machine: close other programs, or import a copy whose weights are float16, which needs half of what float32 does.",
                    root, need >> 20, free.getAsLong()));
        }
    }

    /**
     * A recipe of Stable Diffusion with what the run that it starts from says of itself; others unchanged.
     *
     * @param from a run whose weights are the first values, and whose parts are taken
     */
    public static Recipe known(Recipe asked, Optional<Path> from) {
        if (!(asked.settings() instanceof StableSettings settings)
                || (settings.parts().named() && !settings.model().unet().equals(StableSettings.AUTO))) {
            return asked;
        }
        Path run = Optional.of(settings.parts())
                .filter(StableSettings.PartsGroup::named)
                .map(parts -> Path.of(parts.run()))
                .or(() -> from)
                .orElseThrow(() -> new InputException(
                                "This recipe tunes a model that is there: say which, or make a run of one first (inkstone import FOLDER).")
                        .about("from=RUN"));
        if (ForeignRun.isForeign(run)) {
            throw new InputException(Words.of(
                            "%s is no run yet: import it first (inkstone import %s), then train from that.", run, run))
                    .about("from");
        }
        Recipe theirs = RunDirectory.existing(run).recipe();
        if (!(theirs.settings() instanceof StableSettings model)) {
            throw new InputException(
                    Words.of("%s is of system '%s': give a run of Stable Diffusion.", run, theirs.system()));
        }
        StableSettings known = settings.with(
                        model.model().unet(),
                        model.model().reduction(),
                        model.model().prediction())
                .withRun(run.toAbsolutePath().normalize().toString());
        return asked.with(asked.data().orSize(theirs.data().form().size()), known);
    }

    /** Gives {@code run} the parts of {@code model} too, unless it has them. */
    public static void keep(Model model, RunDirectory run) {
        if (!(model instanceof StableModel stable)
                || Files.isDirectory(run.root().resolve(Parts.FOLDER))) {
            return;
        }
        try {
            Path from = Path.of(stable.settings().parts().run());
            Parts.share(from, run.root());
            LoraBase.keep(stable, from, run.root());
        } catch (IOException failure) {
            throw new InputException(
                    Words.of("The parts cannot be copied into %s: %s", run.root(), RunDirectory.reason(failure)),
                    failure);
        }
    }
}
