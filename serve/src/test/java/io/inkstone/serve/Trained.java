package io.inkstone.serve;

import io.inkstone.run.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder with one small run, trained once for all tests: pictures of 8×8 in the classes that its data has, 1,000 levels of noise. */
final class Trained {
    private static Path runs;

    private Trained() {}

    /** The folder of runs; the run is called {@code tiny}. */
    static synchronized Path runs() throws IOException {
        if (runs == null) {
            Path folder = Files.createTempDirectory("inkstone-serve");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            Path data = TinyRun.data(Files.createDirectory(folder.resolve("data")));
            TinyRun.train(
                    TinyRun.recipe(data, "diffusion.steps=1000", "preview.everySteps=5", "train.epochs=1"),
                    folder.resolve("runs/tiny"),
                    20);
            runs = folder.resolve("runs");
        }
        return runs;
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            // the system's folder for such files
        }
    }
}
