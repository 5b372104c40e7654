package io.inkstone.run.preview;

import io.inkstone.image.Animation;
import io.inkstone.image.FilmStrip;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.RunDirectory;
import io.inkstone.train.Trainer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Generated pictures, a row per class or prompt; at the end also how they come out of the noise, as a film strip and an animation.
 *
 * @param run where film and animation go
 * @param recipe how many, by which sampler
 * @param model shares its network with what the trainer calls best
 */
public record GridPreview(RunDirectory run, Recipe recipe, Generates model) implements Preview {
    private static final int FILM_ROWS = 8;
    private static final int FILM_FRAMES = 16;

    @Override
    public String name() {
        return "grid";
    }

    @Override
    public Pixels draw(Trainer trainer) {
        List<Pixels> pictures = model.pictures().pixels(generation(trainer).pictures(request(trainer)));
        return Sheet.of(pictures, recipe.preview().count())
                .withRowLabels(recipe.preview().rows(model))
                .draw();
    }

    private GenerationRequest request(Trainer trainer) {
        return recipe.preview()
                .grid(model, recipe.preview().count(), recipe.train().seed())
                .withListener(new UntilStopped(trainer));
    }

    @Override
    public void finish(Trainer trainer) {
        GenerationRequest all = request(trainer);
        if (model.steps(all.sampling()) < 2) {
            return;
        }
        // Spread over the grid, so that the film shows every class.
        int rows = Math.min(FILM_ROWS, all.seeds().size());
        List<Integer> chosen = IntStream.range(0, rows)
                .map(i -> i * all.seeds().size() / rows)
                .boxed()
                .toList();
        List<List<Pixels>> film = generation(trainer).run(all.only(chosen), true).frames().stream()
                .map(frame -> model.pictures().pixels(frame))
                .toList();
        PictureFile.write(
                run.samples().resolve("film.png"),
                FilmStrip.of(FilmStrip.thinned(film, FILM_FRAMES)).draw(),
                PictureText.of(recipe, trainer));
        Animation.of(film.stream()
                        .map(pictures -> Sheet.of(pictures, pictures.size()).draw())
                        .toList())
                .write(run.samples().resolve("animation.gif"));
    }

    private Generation generation(Trainer trainer) {
        return new Generation(model, trainer.plan().device(), trainer.plan().precision());
    }
}
