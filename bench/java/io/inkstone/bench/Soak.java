package io.inkstone.bench;

import io.inkstone.array.FileSteps;
import io.inkstone.image.PictureFile;
import io.inkstone.measure.Evaluation;
import io.inkstone.measure.EvaluationWish;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.SavedRun;
import io.inkstone.run.part.WeightExport;
import io.inkstone.run.part.WeightImport;
import io.inkstone.studio.Drawn;
import io.inkstone.studio.Job;
import io.inkstone.studio.Lease;
import io.inkstone.studio.Studio;
import io.inkstone.studio.StudioSettings;
import io.inkstone.studio.Training;
import io.inkstone.studio.Turn;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One JVM for a long time: trains, draws from several threads, evaluates, exports, imports, opens and closes, at random, and
 * writes what the process holds: {@code MINUTES FOLDER}. Ends with rc 1 at the first error.
 */
public final class Soak {
    private static final int DRAWING = 3;
    private static final int RUNS = 6;
    private static final List<List<String>> RECIPES = List.of(
            List.of("sprites", "model.width=8", "diffusion.steps=20", "preview.steps=2"),
            List.of("fashion-gan", "model.latent=3"),
            List.of("fashion-vae", "model.channels=[4,8]", "model.latent=3"),
            List.of("faces-autoencoder", "data.size=16", "model.width=8", "model.multipliers=[1,1]", "model.groups=4"));

    private final Path folder;
    private final Random random = new Random(16);
    private final List<Path> runs = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final SoakSamples samples = new SoakSamples();

    private Soak(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] words) throws Exception {
        new Soak(Files.createDirectories(Path.of(words[1]))).run(Double.parseDouble(words[0]));
    }

    private void run(double minutes) throws Exception {
        long start = System.nanoTime();
        train();
        try (Studio studio = Studio.of(StudioSettings.DEFAULT.withMostIdle(1))) {
            List<Thread> users = new ArrayList<>();
            for (int i = 0; i < DRAWING; i++) {
                Thread user = new Thread(drawing(studio, i), "drawing-" + i);
                user.setDaemon(true);
                user.start();
                users.add(user);
            }
            while ((System.nanoTime() - start) / 60e9 < minutes && failure.get() == null) {
                act();
                samples.note((System.nanoTime() - start) / 60e9, done.get());
            }
            users.forEach(Thread::interrupt);
            for (Thread user : users) {
                user.join();
            }
        }
        System.out.printf("%.1f minutes, %d actions, %s. ", (System.nanoTime() - start) / 60e9, done.get(),
                failure.get() == null ? "no error" : "an error");
        samples.report(folder);
        if (failure.get() != null) {
            failure.get().printStackTrace();
            System.exit(1);
        }
    }

    private void act() throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> train();
            case 1 -> evaluate(anyRun());
            case 2 -> exportAndImport(anyRun());
            default -> open(anyRun());
        }
        done.incrementAndGet();
    }

    private Path anyRun() {
        synchronized (runs) {
            return runs.get(random.nextInt(runs.size()));
        }
    }

    private void train() throws IOException {
        List<String> recipe = RECIPES.get(random.nextInt(RECIPES.size()));
        List<String> keys = new ArrayList<>(recipe.subList(1, recipe.size()));
        keys.addAll(List.of(
                "train.epochs=2", "train.batch=10", "train.saveEveryMinutes=0.01", "preview.everySteps=0",
                "preview.count=2"));
        Path out = folder.resolve("run-" + done.get());
        Training.of(Recipes.load(recipe.get(0), keys).withSource(data().toString())).run(out);
        add(out);
    }

    /** 200 pictures of 8×8 in two classes. */
    private Path data() throws IOException {
        Path data = folder.resolve("data");
        for (int i = 0; i < 100 && !Files.exists(data.resolve("b/99.png")); i++) {
            for (String label : List.of("a", "b")) {
                int colour = 0x010203 * (i % 40 + (label.equals("a") ? 0 : 40));
                PictureFile.write(
                        Files.createDirectories(data.resolve(label)).resolve(i + ".png"),
                        io.inkstone.image.Pixels.filled(8, 8, colour));
            }
        }
        return data;
    }

    private void add(Path run) throws IOException {
        Path old = null;
        synchronized (runs) {
            runs.add(run);
            if (runs.size() > RUNS) {
                old = runs.remove(0);
            }
        }
        if (old != null) {
            FileSteps.deleteAll(old);
        }
    }

    private void evaluate(Path run) {
        EvaluationWish wish = new EvaluationWish(
                Set.of(EvaluationWish.Metric.DIVERSITY, EvaluationWish.Metric.NEIGHBOURS),
                OptionalInt.of(20), OptionalInt.empty(), Optional.empty(), Optional.empty(), 1, SamplingOptions.DEFAULT,
                false, 1, false);
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            if (saved.model() instanceof Generates model) {
                new Evaluation(wish, Optional.empty(), ComputeDevice.CPU, (what, at, total) -> {})
                        .of(saved, Optional.of(new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 10)), Precision.FLOAT32);
            }
        }
    }

    private void exportAndImport(Path run) throws IOException {
        Path file = folder.resolve("export-" + done.get() + ".safetensors");
        Path imported = folder.resolve("imported-" + done.get());
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.RAW, ComputeDevice.CPU)) {
            new WeightExport(saved, Layout.INKSTONE).write(file);
            WeightImport.of(WeightFile.read(file), saved.recipe(), Optional.empty())
                    .save(imported, "soak", ComputeDevice.CPU);
        }
        open(imported);
        FileSteps.deleteAll(imported);
        FileSteps.delete(file);
    }

    private static void open(Path run) {
        SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU).close();
    }

    private Runnable drawing(Studio studio, int seed) {
        Random own = new Random(seed);
        return () -> {
            while (!Thread.currentThread().isInterrupted() && failure.get() == null) {
                try {
                    draw(studio, own);
                } catch (CancellationException | io.inkstone.InterruptedWorkException givenUp) {
                    // as wanted
                } catch (io.inkstone.InputException gone) {
                    if (!String.valueOf(gone.getMessage()).matches("(?s).*(There is no run directory|no run directory|no checkpoint|cannot be read|There is no).*")) {
                        failure.compareAndSet(null, gone); // a run may be deleted under its user's hands, and nothing else may go wrong
                    }
                } catch (RuntimeException | Error wrong) {
                    failure.compareAndSet(null, wrong);
                }
            }
        };
    }

    private void draw(Studio studio, Random own) {
        Path run;
        synchronized (runs) {
            run = runs.get(own.nextInt(runs.size()));
        }
        Job<Drawn> job;
        try (Lease lease = studio.lease(run)) {
            if (!(lease.run().model() instanceof Generates)) {
                return;
            }
            job = lease.draw(GenerationRequest.of(2, own.nextInt(9)), Turn.USUAL);
            if (own.nextInt(4) == 0) {
                job.cancel();
            }
        }
        job.join();
        done.incrementAndGet();
    }
}
