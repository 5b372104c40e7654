package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.train.ranks.RankPlace;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two JVMs train one run: the same training as one process's, which can go on with it, as they can with that. */
class SeveralProcessesTest extends TinyDataTest {
    @Test
    void twoTrainWhatOneDoes() throws Exception {
        Path alone = TinyRun.train(TinyRun.recipe(data, "train.epochs=2"), folder.resolve("alone"));
        Path together = folder.resolve("together");
        train(together, 1);
        train(together, 2); // goes on
        List<Double> expected = losses(alone);
        List<Double> losses = losses(together);
        assertThat(losses).hasSameSizeAs(expected).hasSize(40);
        for (int step = 0; step < losses.size(); step++) {
            assertThat(losses.get(step))
                    .as("step " + step)
                    .isCloseTo(expected.get(step), within(1e-3 * expected.get(step)));
        }
        TinyRun.resume(together, "train.epochs=3");
        assertThat(TinyRun.checkpoint(together, 60)).exists();
    }

    private void train(Path out, int epochs) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        List<Process> processes = new ArrayList<>();
        for (int rank = 0; rank < 2; rank++) {
            ProcessBuilder builder = new ProcessBuilder(
                    System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OneOfTwo.class.getName(),
                    data.toString(),
                    out.toString(),
                    String.valueOf(epochs));
            builder.environment().putAll(new RankPlace(rank, rank, 2, "127.0.0.1", port).environment());
            builder.environment().put("OMP_NUM_THREADS", "1");
            processes.add(builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("rank-" + rank + ".log").toFile())
                    .start());
        }
        for (Process process : processes) {
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended && process.exitValue() == 0)
                    .as(Files.readString(folder.resolve("rank-" + processes.indexOf(process) + ".log")))
                    .isTrue();
        }
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
