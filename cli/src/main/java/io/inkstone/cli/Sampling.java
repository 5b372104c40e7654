package io.inkstone.cli;

import io.inkstone.InputException;
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
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.ShownClasses;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** A sampling wish carried out: words to a request, pictures to files. */
final class Sampling {
    private static final int FILM_COLUMNS = 16;

    private final SavedRun saved;
    private final Generates model;
    private final DrawWish wish;
    private final Common common;

    Sampling(SavedRun saved, DrawWish wish, Common common) {
        this.saved = saved;
        this.model = saved.generates();
        this.wish = wish;
        this.common = common;
    }

    /** Draws and writes; the result names the files, and of each picture its seed and what was asked for. */
    Result write(Path file, Optional<Path> frames) {
        GenerationRequest request = common.done(() -> wish.request(model), "count", "seed");
        if (frames.isPresent() && !model.isSampled()) {
            throw new InputException("This model makes a picture in one pass: there are no --frames.");
        }
        int batch = wish.means().batch().orElse(model.pictures().atOnce());
        Precision precision = wish.means().precision().orElse(Precision.AUTO);
        Generation generation = new Generation(model, common.device(), precision, batch);
        GenerationRequest shown = request.withListener(progress(request, batch));
        if (frames.isEmpty() && Written.isArray(file)) {
            Written.array(file, "pictures", generation.whileWritten(shown), text());
        } else {
            Generation.Result result = generation.run(shown, frames.isPresent());
            Written.pictures(file, result.pictures(), sheet(result.pictures()), text());
            frames.ifPresent(film -> film(film, result.frames()));
        }
        return new Result(file.toString(), fields(file, frames, request));
    }

    private Map<String, Object> fields(Path file, Optional<Path> frames, GenerationRequest request) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", file.toString());
        frames.ifPresent(film -> fields.put("frames", film.toString()));
        fields.put("sha256", wish.source().map(Source::hash).orElse(""));
        fields.put("seeds", request.seeds());
        fields.put("classes", request.conditions().stream().map(this::named).toList());
        fields.put("wish", wish.json());
        return fields;
    }

    /** The classes of a picture by their names, each with its weight. */
    private Map<String, Float> named(Condition condition) {
        Map<String, Float> named = new LinkedHashMap<>();
        float[] weights = condition.weights().orElse(new float[0]);
        for (int i = 0; i < Math.min(weights.length, model.classes().size()); i++) {
            if (weights[i] != 0) {
                named.put(model.classes().get(i), weights[i]);
            }
        }
        return named;
    }

    /** Counts the steps of all batches. */
    private SamplingListener progress(GenerationRequest request, int batch) {
        int steps = model.steps(request.sampling());
        int batches = (request.seeds().size() + batch - 1) / batch;
        AtomicInteger done = new AtomicInteger();
        return steps > 1
                ? (step, from, noisy) -> Counting.show("step", done.incrementAndGet(), steps * batches)
                : SamplingListener.NONE;
    }

    private Sheet sheet(NdArray pictures) {
        List<Pixels> drawn = model.pictures().pixels(pictures);
        int columns = wish.columns(model, drawn.size());
        Sheet sheet = Sheet.of(drawn, Math.min(columns, drawn.size()));
        if (!wish.isGrid(model)) {
            return sheet;
        }
        List<String> names =
                wish.shown(model).stream().map(model.classes()::get).toList();
        if (names.size() < model.classes().size()) {
            ShownClasses.words(model.classes().size()).ifPresent(common::say);
        }
        return sheet.withRowLabels(names.subList(0, sheet.rows()));
    }

    private Map<String, String> text() {
        Map<String, String> text = new LinkedHashMap<>(); // in one order, so that files are the same bytes
        text.put("Software", "Inkstone " + Environment.version());
        text.put("inkstone.recipe", Recipes.print(saved.recipe()));
        text.put(DrawWish.PNG_KEYWORD, wish.text());
        return text;
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
                                .map(frame -> Sheet.of(frame, wish.columns(model, frame.size()))
                                        .draw())
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
