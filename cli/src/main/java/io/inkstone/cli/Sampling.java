package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.image.Animation;
import io.inkstone.image.FilmStrip;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.models.Contexts;
import io.inkstone.models.Generates;
import io.inkstone.models.Generation;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.SamplingOptions;
import io.inkstone.run.Environment;
import io.inkstone.run.Pictures;
import io.inkstone.run.Recipes;
import io.inkstone.run.SavedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A sampling wish carried out: words to a request, pictures to files. */
final class Sampling {
    private static final int COLUMNS = 8;
    private static final int FILM_COLUMNS = 16;

    private final SavedRun saved;
    private final Generates model;
    private final SampleOptions wish;
    private final Common common;

    Sampling(SavedRun saved, Generates model, SampleOptions wish, Common common) {
        this.saved = saved;
        this.model = model;
        this.wish = wish;
        this.common = common;
    }

    void write(Path file, Optional<Path> frames) {
        frames.ifPresent(film -> Written.requireKind(film, List.of(".png", ".gif", ".npy", ".safetensors")));
        GenerationRequest request = request();
        if (frames.isPresent() && model.steps(request.sampling()) < 2) {
            throw new InputException("This model makes a picture in one pass: there are no --frames.");
        }
        int batch = wish.batch == null ? Generation.DEFAULT_BATCH : wish.batch;
        if (batch < 1) {
            throw new InputException("--batch must be 1 or more, got " + batch + ".");
        }
        Generation generation = new Generation(model, common.device(), Words.precision(wish.precision), batch);
        Generation.Result result;
        try (Interruption interruption = new Interruption(() -> {})) {
            result = generation.run(request.withListener(progress(request, interruption)), frames.isPresent());
        }
        Written.pictures(file, result.pictures(), sheet(result.pictures()), text());
        frames.ifPresent(film -> film(film, result.frames()));
    }

    private GenerationRequest request() {
        Optional<NdArray> start = start();
        int number = start.map(array -> (int) array.shape()[0]).orElseGet(this::count);
        if (number < 1) {
            throw new InputException("--count must be 1 or more, got " + number + ".");
        }
        long seed = wish.seed == null ? 0 : wish.seed;
        GenerationRequest request = GenerationRequest.of(number, seed)
                .withContexts(contexts(number))
                .withSampling(options());
        return start.map(request::withStart).orElse(request);
    }

    private Optional<NdArray> start() {
        String file = wish.noise == null ? wish.latents : wish.noise;
        return file == null ? Optional.empty() : Optional.of(read(file));
    }

    private static NdArray read(String file) {
        try {
            return Npy.read(Path.of(file));
        } catch (IOException failure) {
            throw new InputException("%s cannot be read: %s".formatted(file, failure.getMessage()), failure);
        }
    }

    private int count() {
        if (wish.count != null) {
            return wish.count;
        }
        if (wish.labels != null) {
            return wish.labels.split(",").length;
        }
        if (wish.context != null && wish.context.endsWith(".npy")) {
            return (int) read(wish.context).shape()[0];
        }
        return grid() ? model.classes().size() * COLUMNS : 2 * COLUMNS;
    }

    /** Without a wish for a class, a conditional model shows all of them. */
    private boolean grid() {
        return wish.labels == null && wish.context == null && !model.classes().isEmpty();
    }

    private List<float[]> contexts(int number) {
        List<String> classes = model.classes();
        if (wish.labels != null) {
            return Contexts.labels(wish.labels, classes, number);
        }
        if (wish.context == null) {
            return gridContexts(number);
        }
        if (wish.context.equals("none")) {
            return List.of();
        }
        return wish.context.endsWith(".npy")
                ? Contexts.rows(read(wish.context), number)
                : Contexts.mix(wish.context, classes, number);
    }

    private List<float[]> gridContexts(int number) {
        int classes = model.classes().size();
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < number && classes > 0; i++) {
            float[] row = new float[classes];
            row[Math.min(classes - 1, i / columns(number))] = 1;
            rows.add(row);
        }
        return rows;
    }

    private int columns(int number) {
        return grid()
                ? Math.max(
                        1,
                        (number + model.classes().size() - 1) / model.classes().size())
                : COLUMNS;
    }

    SamplingOptions options() {
        return new SamplingOptions(
                Optional.ofNullable(wish.sampler),
                wish.steps == null ? OptionalInt.empty() : OptionalInt.of(wish.steps),
                wish.eta == null ? 0 : wish.eta,
                wish.guidance == null ? 1 : wish.guidance,
                wish.clamp != null && wish.clamp);
    }

    private SamplingListener progress(GenerationRequest request, Interruption interruption) {
        int steps = model.steps(request.sampling());
        boolean shown = steps > 1 && ProgressDisplay.onTerminal();
        return (step, from, noisy) -> {
            if (interruption.requested()) {
                throw new InputException("Interrupted: nothing was written.");
            }
            if (shown) {
                System.err.printf("\rstep %d/%d%s", step, steps, step == steps ? "\r\033[K" : "");
                System.err.flush();
            }
        };
    }

    private Sheet sheet(NdArray pictures) {
        List<Pixels> drawn = Pictures.of(pictures, model.pictures());
        int columns = columns(drawn.size());
        Sheet sheet = Sheet.of(drawn, Math.min(columns, drawn.size()));
        return grid() ? sheet.withRowLabels(model.classes().subList(0, sheet.rows())) : sheet;
    }

    private Map<String, String> text() {
        return Map.of(
                "Software",
                "Inkstone " + Environment.version(),
                "inkstone.recipe",
                Recipes.print(saved.recipe()),
                SampleOptions.KEYWORD,
                wish.print());
    }

    private void film(Path file, List<NdArray> frames) {
        List<List<Pixels>> pictures = frames.stream()
                .map(frame -> Pictures.of(frame, model.pictures()))
                .toList();
        switch (Written.extension(file)) {
            case ".png" ->
                PictureFile.write(
                        file,
                        FilmStrip.of(FilmStrip.thinned(pictures, FILM_COLUMNS)).draw(),
                        text());
            case ".gif" ->
                Animation.of(pictures.stream()
                                .map(frame ->
                                        Sheet.of(frame, columns(frame.size())).draw())
                                .toList())
                        .write(file);
            default -> Written.array(file, "frames", stacked(frames), text());
        }
    }

    private static NdArray stacked(List<NdArray> frames) {
        long[] one = frames.get(0).shape();
        long[] shape = new long[one.length + 1];
        shape[0] = frames.size();
        System.arraycopy(one, 0, shape, 1, one.length);
        java.nio.ByteBuffer data = java.nio.ByteBuffer.allocate(
                Math.multiplyExact(frames.size(), frames.get(0).data().remaining()));
        frames.forEach(frame -> data.put(frame.data()));
        return new NdArray(frames.get(0).type(), shape, data.flip());
    }
}
