package io.inkstone.run;

import io.inkstone.image.Animation;
import io.inkstone.image.FilmStrip;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.models.Generates;
import io.inkstone.models.Generation;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.PictureForm;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws what the model makes of the same seeds: on the way into samples/step-….png, at the end grid, film and animation. */
final class PreviewPainter implements Listener {
    /** The first preview comes early, so that something is seen within the first minute. */
    private static final int FIRST = 25;

    private static final int FILM_PICTURES = 8;
    private static final int FILM_FRAMES = 16;

    private final RunDirectory run;
    private final Recipe recipe;
    private final Generates model;

    /** @param model shares its network with what the trainer calls best */
    PreviewPainter(RunDirectory run, Recipe recipe, Generates model) {
        this.run = run;
        this.recipe = recipe;
        this.model = model;
    }

    @Override
    public void stepped(Trainer trainer, StepReport report) {
        long step = report.position().step();
        if (step == Math.min(FIRST, recipe.preview().everySteps())
                || step % recipe.preview().everySteps() == 0) {
            write("step-%06d.png".formatted(step), grid(trainer), step);
        }
    }

    @Override
    public void finished(Trainer trainer) {
        long step = trainer.position().step();
        write("final.png", grid(trainer), step);
        List<List<Pixels>> film = film(trainer);
        if (film.size() > 1) {
            write("film.png", FilmStrip.of(FilmStrip.thinned(film, FILM_FRAMES)).draw(), step);
            List<Pixels> frames = new ArrayList<>();
            film.forEach(
                    pictures -> frames.add(Sheet.of(pictures, pictures.size()).draw()));
            Animation.of(frames).write(run.samples().resolve("animation.gif"));
        }
    }

    private void write(String name, Pixels picture, long step) {
        Path file = run.samples().resolve(name);
        PictureFile.write(
                file,
                picture,
                Map.of(
                        "Software",
                        "Inkstone " + Environment.version(),
                        "inkstone.recipe",
                        Recipes.print(recipe),
                        "inkstone.step",
                        String.valueOf(step)));
    }

    private Pixels grid(Trainer trainer) {
        int columns = recipe.preview().count();
        GenerationRequest request = request(columns);
        List<Pixels> pictures = Pictures.of(generation(trainer).pictures(request), form());
        return Sheet.of(pictures, columns).withRowLabels(model.classes()).draw();
    }

    private GenerationRequest request(int columns) {
        return GenerationRequest.grid(
                        model.classes().size(), columns, recipe.train().seed())
                .withSampling(recipe.preview().sampling());
    }

    private List<List<Pixels>> film(Trainer trainer) {
        GenerationRequest all = request(recipe.preview().count());
        // One picture of each row, so that the film shows every class.
        List<Integer> chosen = java.util.stream.IntStream.range(0, FILM_PICTURES)
                .map(i -> i * all.seeds().size() / FILM_PICTURES)
                .boxed()
                .toList();
        GenerationRequest few = GenerationRequest.of(
                        FILM_PICTURES, recipe.train().seed())
                .withContexts(
                        all.contexts().isEmpty()
                                ? List.of()
                                : chosen.stream().map(all.contexts()::get).toList())
                .withSampling(recipe.preview().sampling());
        return generation(trainer).run(few, true).frames().stream()
                .map(frame -> Pictures.of(frame, form()))
                .toList();
    }

    private Generation generation(Trainer trainer) {
        return new Generation(model, trainer.plan().device(), trainer.plan().precision(), Generation.DEFAULT_BATCH);
    }

    private PictureForm form() {
        return model.pictures();
    }
}
