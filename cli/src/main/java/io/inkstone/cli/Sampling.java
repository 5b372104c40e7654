package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.LazyArray;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.image.Animation;
import io.inkstone.image.FilmStrip;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Contexts;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** A sampling wish carried out: words to a request, pictures to files. */
final class Sampling {
    private static final int COLUMNS = 8;
    private static final int MOST = 10_000_000;
    private static final int FILM_COLUMNS = 16;

    private final SavedRun saved;
    private final Generates model;
    private final SampleOptions wish;
    private final Common common;

    Sampling(SavedRun saved, SampleOptions wish, Common common) {
        this.saved = saved;
        this.model = saved.generates();
        this.wish = wish;
        this.common = common;
    }

    void write(Path file, Optional<Path> frames) {
        GenerationRequest request = request();
        if (frames.isPresent() && !model.isSampled()) {
            throw new InputException("This model makes a picture in one pass: there are no --frames.");
        }
        int batch = wish.batch == null ? model.pictures().atOnce() : wish.batch;
        common.atLeast(1, "--batch", batch);
        Generation generation = new Generation(model, common.device(), wish.precision(), batch);
        GenerationRequest shown = request.withListener(progress(request));
        if (frames.isEmpty() && Written.isArray(file)) {
            Written.array(file, "pictures", generation.whileWritten(shown), text());
            return;
        }
        Generation.Result result = generation.run(shown, frames.isPresent());
        Written.pictures(file, result.pictures(), sheet(result.pictures()), text());
        frames.ifPresent(film -> film(film, result.frames()));
    }

    private GenerationRequest request() {
        Optional<NdArray> start = wish.start().map(Images::array);
        int number = start.map(array -> (int) array.shape()[0]).orElseGet(this::count);
        common.atLeast(1, "--count", number);
        if (wish.count != null && wish.count != number) {
            throw common.wrongUsage(Words.of(
                    "--count %d, but %s holds %d: leave out --count.",
                    wish.count, wish.start().orElseThrow(), number));
        }
        if (number > MOST) {
            throw common.wrongUsage(Words.of(
                    "--count is at most %,d, got %,d: draw more in several calls, --seed goes on where the last one ended.",
                    MOST, number));
        }
        long seed = wish.seed == null ? 0 : wish.seed;
        GenerationRequest request = common.said(wish.way::way)
                .request(model, common.said(() -> GenerationRequest.seeds(number, seed)), conditions(number));
        return start.map(request::withStart).orElse(request);
    }

    private int count() {
        if (wish.count != null) {
            return wish.count;
        }
        return wish.labels.number().orElse(grid() ? model.classes().size() * COLUMNS : 2 * COLUMNS);
    }

    /** Without a wish for a class, a conditional model shows all of them. */
    private boolean grid() {
        return !wish.labels.isSaid() && !model.classes().isEmpty();
    }

    private List<Condition> conditions(int number) {
        List<String> classes = model.classes();
        return grid() ? Contexts.grid(classes.size(), columns(number), number) : wish.labels.said(classes, number);
    }

    private int columns(int number) {
        return grid()
                ? Math.max(
                        1,
                        (number + model.classes().size() - 1) / model.classes().size())
                : COLUMNS;
    }

    private SamplingListener progress(GenerationRequest request) {
        int steps = model.steps(request.sampling());
        return steps > 1 ? (step, from, noisy) -> Counting.show("step", step, steps) : SamplingListener.NONE;
    }

    private Sheet sheet(NdArray pictures) {
        List<Pixels> drawn = model.pictures().pixels(pictures);
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
        List<List<Pixels>> pictures =
                frames.stream().map(frame -> model.pictures().pixels(frame)).toList();
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

    private static LazyArray stacked(List<NdArray> frames) {
        NdArray first = frames.get(0);
        long[] shape = LongStream.concat(LongStream.of(1), LongStream.of(first.shape()))
                .toArray();
        List<NdArray> rows = frames.stream().map(frame -> frame.reshape(shape)).toList();
        long[] all = shape.clone();
        all[0] = rows.size();
        return new LazyArray(first.type(), all, rows);
    }
}
