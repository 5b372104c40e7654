package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.array.AtomicFile;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that is killed between any two changes of a name, and goes on, ends with the bytes of one that was not. */
class KilledAnywhereTest extends TinyDataTest {
    private static final int LAST = 12;

    private Recipe recipe;
    private Path straight;
    private int steps;

    @BeforeEach
    void trainsUndisturbed() {
        recipe = Recipes.load(
                        "fashion-vae",
                        List.of(
                                "model.channels=[4,8]",
                                "model.latent=3",
                                "ema.halfLifePictures=100",
                                "train.batch=50",
                                "train.epochs=3",
                                "train.saveEveryEpochs=1",
                                "train.keep=1",
                                "train.precision=float32",
                                "preview.everySteps=0",
                                "preview.everyEpochs=0",
                                "preview.count=2"))
                .withSource(data.toString());
        straight = folder.resolve("straight");
        steps = Killing.steps(recipe, straight);
    }

    @Test
    void beforeEveryRenameUnlinkAndRmdir() throws IOException {
        assertThat(steps).isGreaterThan(30);
        for (int at = 0; at < steps; at++) {
            Path out = folder.resolve("killed-" + at);
            String where = Killing.train(recipe, out, at).orElse("nowhere");
            assertOpensOrHasNone(out);
            assertThat(Killing.train(recipe, out, Integer.MAX_VALUE)).isEmpty();
            assertSame(out, "killed before " + where);
        }
    }

    /** A start that is killed again and again, also while it cleans up behind the one before. */
    @Test
    void againAndAgain() throws IOException {
        Random random = new Random(7);
        Path out = folder.resolve("killed");
        int kills = 0;
        while (Killing.train(recipe, out, random.nextInt(kills < 12 ? 12 : 60)).isPresent()) {
            kills++;
        }
        assertThat(kills).isGreaterThanOrEqualTo(10);
        assertSame(out, "after %d kills".formatted(kills));
    }

    private void assertOpensOrHasNone(Path out) {
        if (TrainingRun.resumable(out)) {
            SavedRun.open(out, SavedRun.Weights.EMA, ComputeDevice.CPU).close();
        } else if (Files.exists(out)) {
            assertThatThrownBy(() -> SavedRun.open(out, SavedRun.Weights.EMA, ComputeDevice.CPU))
                    .isInstanceOf(InputException.class);
        }
    }

    private void assertSame(Path out, String how) throws IOException {
        assertThat(out).as(how).exists();
        CheckpointTensors.assertSame(TinyRun.checkpoint(out, LAST), TinyRun.checkpoint(straight, LAST));
        assertThat(lines(out)).as(how).isEqualTo(lines(straight));
        try (var files = Files.walk(out)) {
            assertThat(files.filter(AtomicFile::isTemporary))
                    .as(how)
                    .allMatch(file -> file.startsWith(out.resolve("samples"))); // others draw there too: ten minutes
        }
        assertThat(out.resolve("samples/final.png")).as(how).exists();
    }

    /** What the metrics tell of, without times. */
    private static List<String> lines(Path run) {
        return JsonLines.read(run.resolve("metrics.jsonl")).stream()
                .map(KilledAnywhereTest::line)
                .toList();
    }

    private static String line(JsonNode line) {
        return line.path("step") + " " + line.path("split") + " " + line.path("losses") + line.path("figures");
    }
}
