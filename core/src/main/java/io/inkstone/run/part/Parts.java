package io.inkstone.run.part;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.run.ChosenWeights;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.checkpoint.DiskSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The named networks that stand beside the one that a run trains, each with its settings and weights in a folder
 * {@code parts/NAME}, and {@code parts.json}, which lists them. A run of earlier versions has one in {@code first-stage}.
 *
 * @param parts in the order of their names
 */
public record Parts(List<Part> parts) {
    /** Where they lie in a run. */
    public static final String FOLDER = "parts";

    private static final String LIST = "parts.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What a part of its own run, as the first stage of latent diffusion, is called. */
    private static final String RUN = "run";

    /**
     * One of them.
     *
     * @param name of its folder
     * @param kind the class that reads it, by the name that {@code model_index.json} has; {@code run} for a run directory
     * @param file its weights, as a path in the run
     * @param hash SHA-256 of that file, in hexadecimal: parts of one hash are the same
     */
    public record Part(String name, String kind, String file, String hash) {}

    public Parts {
        parts = List.copyOf(parts);
    }

    /** Those of a run; none where it has a single network. */
    public static Parts of(Path root) {
        Path list = root.resolve(LIST);
        try {
            if (Files.isRegularFile(list)) {
                return new Parts(JSON.readValue(Files.readAllBytes(list), new TypeReference<List<Part>>() {}));
            }
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", list, failure.getMessage()), failure);
        }
        Path stage = root.resolve(FirstStageRun.FOLDER);
        if (!Files.isDirectory(stage)) {
            return new Parts(List.of());
        }
        Path weights = new ChosenWeights(RunDirectory.existing(stage), SavedRun.Weights.EMA).file();
        return new Parts(List.of(
                new Part(FirstStageRun.FOLDER, RUN, root.relativize(weights).toString(), SavedRun.hash(weights))));
    }

    /** Lists {@code parts} in the run at {@code root}. */
    void write(Path root) throws IOException {
        byte[] text = JSON.writeValueAsBytes(parts);
        AtomicFile.write(root.resolve(LIST), out -> out.write(text));
    }

    /**
     * Gives the run at {@code to} the parts of that at {@code from}: the same files under a second name where the file system
     * can, for nobody writes into them, else copies.
     */
    static void share(Path from, Path to) throws IOException {
        Path source = from.resolve(FOLDER);
        try (Stream<Path> all = Files.walk(source)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(FOLDER).resolve(source.relativize(file));
                if (!Files.exists(copy)) {
                    Files.createDirectories(copy.getParent());
                    share(file.toRealPath(), copy, to);
                }
            }
        }
        of(from).write(to);
    }

    /** A part more. */
    Parts with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Parts(more);
    }

    /** Gives a file a second name in {@code run}, or copies it. */
    static void share(Path file, Path copy, Path run) throws IOException {
        try {
            Files.createLink(copy, file);
        } catch (IOException | UnsupportedOperationException otherDisk) {
            DiskSpace.require(run, Files.size(file), "A copy of " + file.getFileName() + " needs");
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
