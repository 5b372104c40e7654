package io.inkstone.examples;

import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Contexts;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Draws from a run on several threads. The text below the imports stands in docs/use-as-a-library.md, word for word. */
public final class DrawFromARun {
    private DrawFromARun() {}

    // docs: begin
    /** Writes one picture of each class, drawn on two threads: picture i has seed i. */
    public static List<Path> draw(Path run, Path folder) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Generates model = (Generates) saved.model();
            Generation generation = new Generation(model, ComputeDevice.CPU, Precision.AUTO, 8);
            List<Future<Path>> written = new ArrayList<>();
            for (int i = 0; i < model.classes().size(); i++) {
                String name = model.classes().get(i);
                GenerationRequest request =
                        GenerationRequest.of(1, i).withConditions(Contexts.labels(name, model.classes(), 1));
                Path file = folder.resolve(name + ".png");
                written.add(threads.submit(() -> {
                    Pixels picture = model.pictures()
                            .pixels(generation.pictures(request))
                            .get(0);
                    PictureFile.write(file, picture);
                    return file;
                }));
            }
            List<Path> files = new ArrayList<>();
            for (Future<Path> file : written) {
                files.add(file.get()); // all work is over before the run is closed
            }
            return files;
        } finally {
            threads.shutdown();
        }
    }
    // docs: end

    public static void main(String[] words) throws Exception {
        System.out.println(draw(Path.of(words[0]), Path.of(words[1])));
    }
}
