package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.stable.StableModel;
import io.inkstone.models.stable.StableSource.Part;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.checkpoint.DiskSpace;
import io.inkstone.weights.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run of Stable Diffusion as the folder that diffusers opens: its parts, and the U-Net of a checkpoint.
 *
 * @param run opened with the weights that are wanted
 */
public record StableExport(SavedRun run) {
    /** Whether this run has parts that a single weight file would leave out. */
    public static boolean fits(SavedRun run, Layout layout) {
        return run.model() instanceof StableModel && layout == Layout.DIFFUSERS;
    }

    /**
     * Writes the folder, which must be new or empty.
     *
     * @return what a person should know, a sentence each
     */
    public List<String> write(Path out) {
        if (run.model() instanceof StableModel model
                && model.settings().model().lora().on()) {
            throw new InputException(Words.of(
                    "%s holds low-rank changes of a U-Net: export them as a LoRA file (leave out --layout), and draw by it from the model that they were trained on (--lora).",
                    run.directory().root()));
        }
        RunDirectory.requireFree(out, "Choose another --out.");
        Path parts = run.directory().root().resolve(Parts.FOLDER);
        if (!Files.isDirectory(parts)) {
            throw new InputException(Words.of(
                    "%s is a folder or a file of its own layout: import it before it is exported.",
                    run.directory().root()));
        }
        try {
            Files.createDirectories(out);
            DiskSpace.require(out, Files.size(run.file()), "The copy of the U-Net needs");
            try (Stream<Path> all = Files.walk(parts)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    copy(file, out.resolve(parts.relativize(file).toString()));
                }
            }
            copy(run.file(), out.resolve(Part.UNET.folder()).resolve(Part.UNET.file()));
        } catch (IOException failure) {
            throw new InputException(Words.of("%s. Choose another place with --out.", failure.getMessage()), failure);
        }
        return List.of();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
