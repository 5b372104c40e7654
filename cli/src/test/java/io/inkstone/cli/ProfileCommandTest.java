package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train --profile} on every family, with networks that are tiny. */
class ProfileCommandTest {
    @TempDir
    Path folder;

    private Terminal profile(String recipe, String... set) {
        List<Object> words = new ArrayList<>(List.of("train", recipe, "--profile", "--out", folder.resolve("run")));
        for (String override : set) {
            words.add("--set");
            words.add(override);
        }
        return Terminal.run(words.toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "sprites, model.width=8, train.batch=4",
        "fashion-dnn, train.batch=4, model.latent=4",
        "fashion-gan, train.batch=4, model.latent=4",
        "faces-vae, 'model.channels=[4, 4, 4]', train.batch=4",
        "captioned-autoencoder, model.width=32, data.size=16"
    })
    void everyFamily(String recipe, String first, String second) throws IOException {
        Terminal done = profile(recipe, first, second).succeeded();
        Path run = folder.resolve("run");
        assertThat(done.lastLine()).isEqualTo(run.toString());
        assertThat(done.out())
                .contains("backward", "optimizer", "GFLOP/s")
                .containsPattern("forward +(Conv2d|Linear|ConvTranspose2d)");
        JsonNode profile =
                new ObjectMapper().readTree(run.resolve("profile.json").toFile());
        // Not in what is printed: the small operations of a small network do not all find room there.
        assertThat(profile.get("operations").toString()).contains("AccumulateGrad");
        assertThat(profile.get("layers")).isNotEmpty();
        assertThat(Files.exists(run.resolve("metrics.jsonl"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1500})
    void interruptedItLeavesNothing(long afterMilliseconds) throws Exception {
        Path out = folder.resolve("run");
        Thread impatient = new Thread(() -> {
            try {
                while (!Files.exists(out.resolve("checkpoints"))) {
                    Thread.sleep(5);
                }
                Thread.sleep(afterMilliseconds);
                Interruption.pressed();
            } catch (InterruptedException leave) {
                Thread.currentThread().interrupt();
            }
        });
        impatient.start();
        String[] words = {"train", "avatars", "--profile", "--out", out.toString()};
        int exit = Main.execute(Main.commandLine(), words);
        impatient.join();
        assertThat(exit).isEqualTo(130);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void asJson() throws IOException {
        Terminal done = Terminal.run(
                "train",
                "sprites",
                "--profile",
                "--json",
                "--set",
                "model.width=8",
                "--set",
                "train.batch=4",
                "--out",
                folder.resolve("run"));
        JsonNode printed = done.succeeded().json();
        assertThat(printed.at("/profile/stages/FORWARD").asDouble()).isPositive();
        assertThat(printed.get("run").asText()).isEqualTo(folder.resolve("run").toString());
    }

    @Test
    void aProfileGoesOnWithNothing() {
        Terminal.run("train", "sprites", "--profile", "--continue", "--out", folder.resolve("run"))
                .failed(2, "--profile", "--continue");
    }
}
