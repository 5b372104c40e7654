package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two JVMs train one run: the same training as one process's, which can go on with it, as they can with that. */
class SeveralProcessesTest extends TinyDataTest {
    @Test
    void twoTrainWhatOneDoesAndGoOnBitForBit() throws Exception {
        Path alone = TinyRun.train(recipe(data, List.of("train.epochs=2")), folder.resolve("alone"));
        Path together = folder.resolve("together");
        trainByTwo(together, 1);
        trainByTwo(together, 2); // goes on
        same(losses(alone), losses(together));
        Path undisturbed = folder.resolve("undisturbed");
        trainByTwo(undisturbed, 2);
        for (String file : List.of("weights", "ema", "optimizer")) {
            String name = file + ".safetensors";
            assertThat(TinyRun.checkpoint(together, 40).resolve(name))
                    .hasSameBinaryContentAs(TinyRun.checkpoint(undisturbed, 40).resolve(name));
        }
    }

    @Test
    void goesOnWithAnotherNumber() throws Exception {
        Path alone = TinyRun.train(recipe(data, List.of("train.epochs=1")), folder.resolve("alone"));
        TinyRun.resume(alone, "train.epochs=2");
        TinyRun.resume(alone, "train.epochs=3");
        Path changing = TinyRun.train(recipe(data, List.of("train.epochs=1")), folder.resolve("changing"));
        trainByTwo(changing, 2);
        TinyRun.resume(changing, "train.epochs=3");
        same(losses(alone), losses(changing));
        assertThat(losses(alone)).hasSize(60);
    }

    /** In float32: bfloat16 rounds the sums of one process and of two to one part in 256. */
    static Recipe recipe(Path data, List<String> keys) {
        List<String> all = new ArrayList<>(keys);
        all.add("train.precision=float32");
        return TinyRun.recipe(data, all.toArray(String[]::new));
    }

    private static void same(List<Double> expected, List<Double> losses) {
        assertThat(losses).hasSameSizeAs(expected).hasSizeGreaterThanOrEqualTo(40);
        for (int step = 0; step < losses.size(); step++) {
            assertThat(losses.get(step))
                    .as("step " + step)
                    .isCloseTo(expected.get(step), within(1e-3 * expected.get(step)));
        }
    }

    private void trainByTwo(Path out, int epochs) throws IOException, InterruptedException {
        RankProcesses.start(2, folder, OneOfTwo.class, data, out, epochs).join();
    }

    private static List<Double> losses(Path run) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.has("picturesPerSecond")) {
                losses.add(entry.path("loss").asDouble());
            }
        }
        return losses;
    }
}
