package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

    private void launcher(String body) throws IOException {
        Script.write(home.resolve("inkstone"), body);
    }

    private Said run(String script, String... words) throws Exception {
        Path copy = home.resolve("bench").resolve(script);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of("..", "bench", script), copy, StandardCopyOption.REPLACE_EXISTING);
        Path err = home.resolve("err-" + script);
        ProcessBuilder program = new ProcessBuilder(copy.toString()).redirectError(err.toFile());
        program.command().addAll(List.of(words));
        Process process = program.start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Said(process.waitFor(), out, Files.readString(err));
    }
}
