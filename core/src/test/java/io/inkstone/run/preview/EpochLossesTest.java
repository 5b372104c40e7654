package io.inkstone.run.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.measure.Comparison;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.JsonLines;
import io.inkstone.run.TinyDataTest;
import io.inkstone.run.TinyRun;
import io.inkstone.run.checkpoint.CheckpointTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an epoch cost on average, as its run tells it. */
class EpochLossesTest extends TinyDataTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every step is logged here, so that their mean is known. */
    @Test
    void anEpochEndsWithItsMeans() throws IOException {
        Path run = TinyRun.train(TinyRun.recipe(data, "train.epochs=2", "data.holdOut=0.1"), folder.resolve("run"));
        List<JsonNode> lines = JsonLines.read(run.resolve("metrics.jsonl"));
        List<String> log = Files.readAllLines(run.resolve("log.txt"));
        for (int epoch = 1; epoch <= 2; epoch++) {
            long last = 18 * epoch;
            double mean = lines.stream()
                    .filter(line -> line.has("rate"))
                    .filter(line -> line.path("step").asLong() > last - 18
                            && line.path("step").asLong() <= last)
                    .mapToDouble(line -> line.path("loss").asDouble())
                    .average()
                    .orElseThrow();
            JsonNode ended = ofSplit(lines, "epoch", epoch);
            JsonNode held = ofSplit(lines, "validation", epoch);
            assertThat(ended.path("step").asLong()).isEqualTo(last);
            assertThat(ended.path("loss").asDouble()).isCloseTo(mean, within(1e-9));
            assertThat(ended.path("losses")).isNotEmpty();
            String start = " epoch %d ended at step %d after ".formatted(epoch, last);
            assertThat(log)
                    .filteredOn(line -> line.contains(start))
                    .singleElement(STRING)
                    .contains("loss %.4g".formatted(mean))
                    .contains(
                            ", held out %.4g".formatted(held.at("/losses/loss").asDouble()));
        }
    }

    /** Of its last epoch; of its last step where it was trained before epochs were summed; of nothing none. */
    @Test
    void aRunIsComparedByItsLastMean() {
        Path run = TinyRun.train(TinyRun.recipe(data, "train.epochs=2", "data.holdOut=0.1"), folder.resolve("run"));
        List<JsonNode> lines = JsonLines.read(run.resolve("metrics.jsonl"));
        assertThat(Comparison.loss(lines))
                .hasValue(ofSplit(lines, "epoch", 2).path("loss").asDouble());
        List<JsonNode> old = lines.stream()
                .filter(line -> !line.path("split").asText().equals("epoch"))
                .toList();
        assertThat(Comparison.loss(old))
                .hasValue(old.stream()
                        .filter(line -> line.path("step").asLong() == 36 && line.has("rate"))
                        .findFirst()
                        .orElseThrow()
                        .path("loss")
                        .asDouble());
        assertThat(Comparison.loss(List.of())).isEmpty();
    }

    private static JsonNode ofSplit(List<JsonNode> lines, String split, int epoch) {
        return lines.stream()
                .filter(line -> line.path("split").asText().equals(split))
                .filter(line -> line.path("epoch").asInt() == epoch)
                .findFirst()
                .orElseThrow();
    }

    /** What an epoch cost is summed over both sittings. */
    @Test
    void theEpochThatWasStoppedHasItsMean() {
        Recipe recipe = TinyRun.recipe(data, "train.epochs=2", "train.accumulate=3", "data.holdOut=0.1");
        Path straight = TinyRun.train(recipe, folder.resolve("straight"));
        Path stopped = TinyRun.train(recipe, folder.resolve("stopped"), 8); // in the second epoch, of 18 batches
        TinyRun.resume(stopped);
        assertThat(losses(stopped)).isEqualTo(losses(straight)).hasSize(4);
    }

    /** Runs saved before epochs were summed by name: the total comes out, its parts do not. */
    @Test
    void olderRunsGoOn() throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.epochs=2");
        Path straight = TinyRun.train(recipe, folder.resolve("straight"));
        Path stopped = TinyRun.train(recipe, folder.resolve("stopped"), 13);
        Path state = TinyRun.checkpoint(stopped, 13).resolve("state.json");
        ObjectNode json = JSON.readValue(state.toFile(), ObjectNode.class);
        json.put("lossSum", json.at("/losses/epoch/total").asDouble());
        json.put("lossPictures", 130);
        json.put("epochLoss", "NaN");
        json.putObject("openLosses");
        json.remove("losses");
        JSON.writeValue(state.toFile(), json);
        TinyRun.resume(stopped);
        CheckpointTensors.assertSame(TinyRun.checkpoint(stopped, 40), TinyRun.checkpoint(straight, 40));
        List<JsonNode> old = losses(stopped);
        List<JsonNode> now = losses(straight);
        assertThat(old.get(0).path("loss").asDouble())
                .isCloseTo(now.get(0).path("loss").asDouble(), within(1e-9));
        assertThat(old.get(0).path("losses")).isEmpty();
        assertThat(old.get(1)).isEqualTo(now.get(1));
    }

    /** Lines of epochs and of held-out pictures, without their times. */
    private static List<JsonNode> losses(Path run) {
        return JsonLines.read(run.resolve("metrics.jsonl")).stream()
                .filter(line -> List.of("epoch", "validation")
                        .contains(line.path("split").asText()))
                .peek(line -> ((ObjectNode) line).remove("seconds"))
                .toList();
    }
}
