package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two JVMs that step each by itself and meet after some steps: what is saved is what both have. */
class LocalStepsTest extends TinyDataTest {
    private static final String ALWAYS = "train.saveEveryMinutes=0.00001";

    /** Every third step, and at the end of epochs of twenty. */
    @Test
    void meetAndGoOnBitForBit() throws Exception {
        Path stopped = folder.resolve("stopped");
        trainByTwo(stopped, 1);
        trainByTwo(stopped, 2); // goes on
        Path undisturbed = folder.resolve("undisturbed");
        trainByTwo(undisturbed, 2);
        for (String file : List.of("weights", "ema", "optimizer")) {
            String name = file + ".safetensors";
            assertThat(TinyRun.checkpoint(stopped, 40).resolve(name))
                    .hasSameBinaryContentAs(TinyRun.checkpoint(undisturbed, 40).resolve(name));
        }
        try (Stream<Path> saved = Files.list(stopped.resolve("checkpoints"))) {
            assertThat(saved.map(Path::getFileName).map(Path::toString).filter(name -> name.startsWith("step-")))
                    .contains("step-000020")
                    .allMatch(name -> name.matches("step-0000[24]0") || steps(name) % 3 == 0);
        }
    }

    private static int steps(String checkpoint) {
        return Integer.parseInt(checkpoint.substring("step-".length()));
    }

    @Test
    void refusedWhereItMakesNoSense() {
        refused("but one process trains here: start several, or set it to 1.", "train.syncEverySteps=4");
        refused("goes with train.accumulate=1", "train.syncEverySteps=4", "train.accumulate=2");
        refused("got 1 and skip", "train.syncEverySteps=4", "train.onDivergence=skip");
        assertThatThrownBy(() -> TinyRun.recipe(data, "train.syncEverySteps=0"))
                .hasMessage("train.syncEverySteps must be 1 or more, got 0.");
    }

    @Test
    void refusedForGames() {
        Recipe game = Recipes.load("fashion-gan", List.of("train.syncEverySteps=4", "train.epochs=1"))
                .withSource(data.toString());
        assertThatThrownBy(() -> TinyRun.start(game, folder.resolve("game")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is for one network, and gan trains two against each other");
    }

    private void refused(String sentence, String... keys) {
        Path out = folder.resolve("refused");
        assertThatThrownBy(() -> TinyRun.start(TinyRun.recipe(data, keys), out))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
        assertThat(out).doesNotExist();
    }

    private void trainByTwo(Path out, int epochs) throws IOException, InterruptedException {
        RankProcesses.start(
                        2, folder, OneOfTwo.class, data, out, epochs, "train.syncEverySteps=3", ALWAYS, "train.keep=0")
                .join();
    }
}
