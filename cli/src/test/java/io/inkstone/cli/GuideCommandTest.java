package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guidance away from an earlier checkpoint or another run, and the recipe of it in the picture. */
class GuideCommandTest {
    @TempDir
    Path folder;

    private Path run;
    private Path other;

    @BeforeEach
    void train() throws IOException {
        Path data = TinyRuns.data(folder, 40, 8, 3);
        run = trained(data, "run", 1);
        other = trained(data, "other", 2);
    }

    private Path trained(Path data, String name, int seed) {
        Path place = folder.resolve(name);
        TinyRuns.train(
                "sprites",
                data,
                place,
                "model.width=8",
                "train.batch=20",
                "train.epochs=2",
                "train.saveEveryEpochs=1",
                "train.keep=0",
                "train.seed=" + seed,
                "diffusion.steps=10",
                "preview.everySteps=0",
                "preview.count=1",
                "preview.steps=2");
        return place;
    }

    private Path drawn(String name, Object... more) {
        Path file = folder.resolve(name);
        Object[] words = new Object[more.length + 6];
        System.arraycopy(new Object[] {"sample", run, "--steps", 3, "--out", file}, 0, words, 0, 6);
        System.arraycopy(more, 0, words, 6, more.length);
        Terminal.run(words).succeeded();
        return file;
    }

    @Test
    void leadsAwayFromACheckpointOrARun() throws IOException {
        Path plain = drawn("plain.npy", "--labels", "dark", "--count", 2, "--guidance", 3);
        Path earlier =
                drawn("earlier.npy", "--labels", "dark", "--count", 2, "--guidance", 3, "--guide", "step-000002");
        Path weaker = drawn("weaker.npy", "--labels", "dark", "--count", 2, "--guidance", 3, "--guide", other);
        assertThat(Files.mismatch(plain, earlier)).isPositive();
        assertThat(Files.mismatch(earlier, weaker)).isPositive();
        // A guide needs no class to lead towards.
        drawn("any.npy", "--context", "none", "--count", 1, "--guidance", 2, "--guide", "step-000002");
    }

    @Test
    void thePictureSaysSo() throws IOException {
        Path first = drawn("first.png", "--labels", "dark", "--count", 2, "--guidance", 3, "--guide", other);
        Path again = folder.resolve("again.png");
        Terminal.run("sample", "--like", first, "--out", again).succeeded();
        assertThat(again).hasSameBinaryContentAs(first);
        Terminal json = Terminal.run(
                        "sample",
                        run,
                        "--labels",
                        0,
                        "--count",
                        1,
                        "--steps",
                        2,
                        "--guidance",
                        2,
                        "--guide",
                        "step-000002",
                        "--json",
                        "--out",
                        folder.resolve("json.png"))
                .succeeded();
        assertThat(json.out()).contains("\"guide\":\"step-000002\"");
    }

    @Test
    void evaluateTakesItToo() {
        Terminal measured = Terminal.run(
                        "evaluate",
                        run,
                        "--metrics",
                        "diversity",
                        "--count",
                        10,
                        "--steps",
                        2,
                        "--guidance",
                        2,
                        "--guide",
                        "step-000002",
                        "--json")
                .succeeded();
        assertThat(measured.out()).contains("guidance 2 away from a weaker model");
    }

    @Test
    void refusesWhatWouldLeadNowhere() {
        Terminal.run("sample", run, "--guide", other, "--out", folder.resolve("no.png"))
                .failed(1, "A guide acts through guidance: say its weight");
        Terminal.run("sample", run, "--guidance", 2, "--guide", "step-000777", "--out", folder.resolve("no.png"))
                .failed(1, "has no checkpoint 'step-000777'");
    }
}
