package io.inkstone.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DarkAndBright;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.SavedRun;
import io.inkstone.run.TinyRun;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe says how its model draws; a wish that says something counts. */
class OwnWayTest {
    private static SavedRun saved;
    private static Generates model;

    @BeforeAll
    static void train(@TempDir Path folder) throws IOException {
        Path data = DarkAndBright.write(folder, 20, 8, 3);
        Path run = TinyRun.train(
                TinyRun.recipe(data, "train.epochs=1", "draw.sampler=dpmpp-2m", "draw.steps=7", "draw.guidance=1.5"),
                folder.resolve("run"));
        saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU);
        model = saved.generates();
    }

    @AfterAll
    static void close() {
        saved.close();
    }

    private static GenerationRequest request(DrawWish wish) {
        return wish.request(model);
    }

    @Test
    void whatNobodySaysIsTheRecipes() {
        SamplingOptions own =
                request(DrawWish.builder().labels("0").count(1).build()).sampling();
        assertThat(model.resolved(own).sampler()).hasValue("dpmpp-2m");
        assertThat(model.steps(own)).isEqualTo(7);
        assertThat(own.guidance().weight()).isEqualTo(1.5);
        // A grid of all classes asks for classes too.
        assertThat(request(DrawWish.builder().build()).sampling().guidance().weight())
                .isEqualTo(1.5);
    }

    @Test
    void whatSomebodySaysCounts() {
        SamplingWish said = SamplingWish.builder().sampler("ddim").guidance(1).build();
        SamplingOptions options = request(
                        DrawWish.builder().labels("0").count(1).sampling(said).build())
                .sampling();
        assertThat(model.resolved(options).sampler()).hasValue("ddim");
        assertThat(model.steps(options))
                .as("the recipe's steps are its sampler's")
                .isEqualTo(20);
        assertThat(options.guidance().weight()).isEqualTo(1);
    }

    @Test
    void withoutAClassNothingIsGuided() {
        GenerationRequest request =
                request(DrawWish.builder().asked(Asked.NONE).count(1).build());
        assertThat(request.sampling().guidance().weight()).isEqualTo(1);
        model.requirePossible(request);
    }

    /** From a picture to its noise and back goes DDIM alone. */
    @Test
    void aWayBackIsDdims() {
        SamplingWish back = SamplingWish.NOTHING.backwards(model);
        assertThat(back.sampler()).hasValue("ddim");
        assertThat(back.options(model, true).guidance().weight()).isEqualTo(1);
        assertThatThrownBy(
                        () -> SamplingWish.builder().sampler("dpmpp-2m").build().backwards(model))
                .isInstanceOf(InputException.class);
    }

    @Test
    void refusesWaysThatThereAreNot() {
        assertThatThrownBy(() -> Recipes.load("sprites", List.of("draw.sampler=dimm")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("dimm");
        assertThatThrownBy(() -> Recipes.load("sprites", List.of("draw.guidance=2", "diffusion.contextDropout=0")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("draw.guidance leads away from pictures without a class");
    }
}
