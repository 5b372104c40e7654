package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.train.profile.StepProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of bench, with a program in the place of the launcher: what fails is said, never left out. */
@DisabledOnOs(OS.WINDOWS)
class BenchScriptsTest {
    @TempDir
    Path home;

    private record Said(int code, String out, String err) {}

    @Test
    void readsTheProfileThatTrainingPrints() throws Exception {
        String profile =
                new ProfileTable("diffusion", new StepProfile(12, 11.5, 9, 64, Map.of(), List.of(), List.of())).text();
        launcher("echo chatter >&2; cat <<'end'\n" + profile + "end");
        Said said = run("recipes", "sprites");
        assertThat(said.out()).containsPattern("\\| sprites \\| 64 \\| 11\\.5 \\| 5,565 \\| [0-9,]+ MB \\|");
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
    }

    @Test
    void sayWhatFailed() throws Exception {
        launcher("echo \"inkstone: there is no recipe $2.\" >&2; exit 1");
        for (String script : List.of("recipes", "precision")) {
            Said said = run(script, "sprits");
            assertThat(said.code()).as(script).isEqualTo(1);
            assertThat(said.err()).contains("there is no recipe sprits", "bench: sprits");
        }
    }

    @Test
    void aProfileOfAnotherFormIsNoEmptyRow() throws Exception {
        launcher("echo A step took 5 ms");
        Said said = run("recipes", "sprites");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("bench: sprites: the profile does not begin");
    }

    @Test
    void aFigureThatWasNotMeasuredIsNoEmptyColumn() throws Exception {
        launcher(
                "[ \"$1\" = train ] && mkdir -p \"${*: -1}\" && echo '{\"seconds\":1.0,\"loss\":0.5}' >\"${*: -1}/metrics.jsonl\""
                        + " || echo '{\"figures\":{\"psnr\":1}}' >\"$2/evaluations.jsonl\"");
        Said said = run("precision", "sprites");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("bench:", "evaluations.jsonl has no fid");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void fewCallsStandBesideTheTeachers() throws Exception {
        launcher(
                "echo '{\"figures\" : {\"fid\" : 0.51234, \"fidLow\" : 0.4, \"fidHigh\" : 0.6, \"mind\" : 1.2, \"accuracy\" : 0.9}}'");
        Said said = run("few", "teacher", "tuned");
        assertThat(said.out())
                .contains("| the teacher as it draws | 0.512 (0.4 to 0.6) | 1.2 | 0.9 |")
                .contains("| the teacher by ddim, calls 4 |")
                .contains("| tuned, calls 1 |");
        assertThat(said.code()).isZero();
        launcher("echo '{\"figures\" : {}}'");
        Said nothing = run("few", "teacher", "tuned");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("bench: evaluate says no fid");
    }

    @Test
    void withoutAGpuOneSentence() throws Exception {
        launcher("echo cpu; echo 'No GPU: there is no NVIDIA driver here.'");
        Script.write(home.resolve("bin/nvidia-smi"), "exit 9");
        Said none = run("gpu");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).isEqualTo("bench: there is no GPU here: nvidia-smi names none.\n");
        Script.write(home.resolve("bin/nvidia-smi"), "echo 'H, 570.1'");
        Said unusable = run("gpu");
        assertThat(unusable.code()).isEqualTo(2);
        assertThat(unusable.err())
                .isEqualTo("bench: no GPU can be computed on: No GPU: there is no NVIDIA driver here.\n");
    }

    /** A launcher whose pictures by the GPU are the CPU's plus what it is told. */
    @ParameterizedTest
    @CsvSource({"0.0001, 0", "0.5, 1"})
    void aGpuIsReportedUnlessItDrawsSomethingElse(float apart, int code) throws Exception {
        Script.write(home.resolve("bin/nvidia-smi"), "echo 'H, 570.1'");
        Npy.write(home.resolve("cpu"), NdArray.of(new float[] {0.25f, 0.5f}, 1, 2));
        Npy.write(home.resolve("cuda:0"), NdArray.of(new float[] {0.25f, 0.5f + apart}, 1, 2));
        launcher(
                "case $1 in devices) echo cuda:0 ;; sample) cp \"$(dirname \"$0\")/$4\" \"${*: -1}\" ;; *) echo \"profile of $2 on $4\" ;; esac");
        Said said = run("gpu", "sprites");
        assertThat(said.code()).as(said.err()).isEqualTo(code);
        Path report = home.resolve("bench/gpu-report.md");
        if (code == 0) {
            assertThat(report)
                    .content()
                    .contains("H, 570.1", "profile of sprites on cuda:0", "no value farther apart than");
        } else {
            assertThat(said.err()).contains("lie up to 0.5 from those by the CPU");
            assertThat(report).doesNotExist();
        }
    }

    private void launcher(String body) throws IOException {
        Script.write(home.resolve("inkstone"), body);
    }

    private Said run(String script, String... words) throws Exception {
        Path copy = home.resolve("bench").resolve(script);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of("..", "bench", script), copy, StandardCopyOption.REPLACE_EXISTING);
        Path err = home.resolve("err-" + script);
        ProcessBuilder program = new ProcessBuilder(copy.toString()).redirectError(err.toFile());
        program.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        program.command().addAll(List.of(words));
        Process process = program.start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Said(process.waitFor(), out, Files.readString(err));
    }
}
