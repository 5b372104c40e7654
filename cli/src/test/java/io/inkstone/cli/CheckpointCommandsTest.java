package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints by name at the command line, and runs that lost theirs or cannot be written. */
class CheckpointCommandsTest {
    @TempDir
    Path folder;

    private Path run;
    private Path data;

    @BeforeEach
    void train() throws IOException {
        data = TinyRuns.data(folder, 80, 8, 1);
        run = folder.resolve("run");
        TinyRuns.train("fashion-gan", data, run, "train.batch=40", "train.epochs=3", "train.keep=0", "preview.count=2");
    }

    @Test
    void drawsExportsAndMeasuresOneByName() throws IOException {
        Files.writeString(run.resolve("checkpoints/best"), "step-000002\n");
        Path one = folder.resolve("one.npy");
        Path other = folder.resolve("other.npy");
        Path last = folder.resolve("last.npy");
        Terminal.run("sample", run, "--checkpoint", "step-000002", "--count", 2, "--out", one)
                .succeeded();
        Terminal.run("sample", run, "--weights", "best", "--count", 2, "--out", other)
                .succeeded();
        Terminal.run("sample", run, "--count", 2, "--out", last).succeeded();
        assertThat(one).hasSameBinaryContentAs(other);
        assertThat(Files.mismatch(one, last)).isPositive();
        Terminal.run("export", run, "--checkpoint", "step-000004", "--out", folder.resolve("a.safetensors"))
                .succeeded();
        assertThat(Terminal.run("evaluate", run, "--checkpoint", "step-000004", "--metrics", "diversity", "--count", 20)
                        .succeeded()
                        .out())
                .contains("step-000004");
        Terminal.run("sample", run, "--checkpoint", "step-000003", "--out", one)
                .failed(1, "has no checkpoint 'step-000003'. It has: step-000006, step-000004, step-000002");
    }

    /** The loss beside an earlier checkpoint is that of its epoch, not of the end. */
    @Test
    void comparesOneByName() throws IOException {
        Path out = folder.resolve("compared");
        JsonNode early = Terminal.run("compare", run, "--checkpoint", "step-000002", "--out", out, "--json")
                .succeeded()
                .json();
        JsonNode late =
                Terminal.run("compare", run, "--out", out, "--json").succeeded().json();
        assertThat(early.at("/runs/0/checkpoint").asText()).isEqualTo("step-000002");
        assertThat(late.at("/runs/0/checkpoint").asText()).isEqualTo("step-000006");
        assertThat(early.at("/runs/0/loss").asDouble())
                .isNotEqualTo(late.at("/runs/0/loss").asDouble());
        Files.writeString(run.resolve("checkpoints/best"), "step-000004\n");
        assertThat(Terminal.run("compare", run, "--weights", "best", "--out", out)
                        .succeeded()
                        .out())
                .contains("run (step-000004) is measured against");
        Terminal.run("compare", run, "--checkpoint", "step-000003", "--out", out)
                .failed(1, "has no checkpoint 'step-000003'");
    }

    @Test
    void goesBack() {
        Terminal back =
                Terminal.run("resume", run, "--checkpoint", "step-000002").succeeded();
        assertThat(back.err()).contains("2 later ones were set aside");
        assertThat(run.resolve("checkpoints/step-000006")).exists();
    }

    /** The same line of an unattended script, after the name of the newest was lost. */
    @Test
    void continueNeverBeginsAnewOverCheckpoints() throws IOException {
        Files.writeString(run.resolve("checkpoints/latest"), "");
        Terminal again = Terminal.run(
                        "train", run.resolve("recipe.yaml"), "--out", run, "--continue", "--set", "train.epochs=4")
                .succeeded();
        assertThat(again.err())
                .contains("names no checkpoint: it is missing or empty. Going on from step-000006.")
                .contains("going on after step 6");
    }

    @Test
    void figuresArePrintedWhereTheyCannotBeKept() throws IOException {
        Files.createDirectory(run.resolve("evaluations.jsonl"));
        Path samples = run.resolve("samples");
        Files.move(samples, run.resolve("elsewhere"));
        Files.createFile(samples);
        Terminal measured = Terminal.run("evaluate", run, "--metrics", "diversity,neighbours", "--count", 20)
                .succeeded();
        assertThat(measured.out()).contains("diversity");
        assertThat(measured.err())
                .contains("The figures are not kept in the run: ")
                .contains("The sheet was not written: ");
    }

    @Test
    void valuesThatAreNoNumbersAreNoSuccess() {
        NdArray pictures = NdArray.of(new float[] {0, 0, Float.NaN, 0, 0, 0}, 3, 1, 1, 2);
        Assertions.assertThatThrownBy(() -> Written.requireNumbers(Path.of("a.png"), pictures))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.png was written, but 1 of its 3 pictures hold values that are no numbers");
        Written.requireNumbers(Path.of("a.png"), NdArray.of(new float[] {1, 2}, 1, 2));
    }
}
