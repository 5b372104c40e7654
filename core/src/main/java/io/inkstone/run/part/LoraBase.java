package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.Model;
import io.inkstone.models.stable.StableModel;
import io.inkstone.models.stable.StableSettings;
import io.inkstone.models.stable.StableSource.Part;
import io.inkstone.run.ChosenWeights;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The U-Net beside which a run trains low-rank changes: a part of the run, {@code parts/unet}, whose weights keep the type that they
 * have; before there is one, the weights of the run that training starts from.
 */
public final class LoraBase {
    private LoraBase() {}

    private static boolean changes(StableModel model) {
        return model.settings().model().lora().on();
    }

    private static Path own(Path root) {
        return root.resolve(Parts.FOLDER).resolve(Part.UNET.folder()).resolve(Part.UNET.file());
    }

    /** Fills the U-Net of a model that trains changes; others are left alone. */
    static void fill(StableModel model, Path root, ComputeDevice device) {
        if (!changes(model)) {
            return;
        }
        Path file = Files.isRegularFile(own(root))
                ? own(root)
                : of(Path.of(model.settings().parts().run()));
        try (WeightSource source = WeightSource.open(file)) {
            LayerState.fill(model.unet().state(), source, LayerState.Kept.STORED);
            model.unet().trainable(false);
            model.unet().moveTo(device);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    /** That of a run: its own weights, or its part where it trains changes itself. */
    private static Path of(Path run) {
        return Files.isRegularFile(own(run))
                ? own(run)
                : new ChosenWeights(RunDirectory.existing(run), SavedRun.Weights.EMA).file();
    }

    /** Whether {@code from} has for {@code model} no first values of changes, but the U-Net that they change. */
    public static boolean isOnly(Model model, Path from) {
        return model instanceof StableModel stable
                && changes(stable)
                && Files.isDirectory(from)
                && RunDirectory.existing(from).recipe().settings() instanceof StableSettings theirs
                && !theirs.model().lora().on();
    }

    /** Makes the U-Net of the run at {@code from} a part of that at {@code root}, where changes of it are trained. */
    static void keep(StableModel model, Path from, Path root) throws IOException {
        if (!changes(model)) {
            return;
        }
        Path copy = own(root);
        if (!Files.exists(copy)) {
            Files.createDirectories(copy.getParent());
            Parts.share(of(from).toRealPath(), copy, root);
        }
        Parts parts = Parts.of(root);
        if (parts.parts().stream().noneMatch(part -> part.name().equals(Part.UNET.folder()))) {
            parts.with(new Parts.Part(
                            Part.UNET.folder(),
                            "UNet2DConditionModel",
                            root.relativize(copy).toString(),
                            SavedRun.hash(copy)))
                    .write(root);
        }
    }
}
