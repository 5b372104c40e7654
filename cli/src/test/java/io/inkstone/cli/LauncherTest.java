package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher in a folder of its own, with programs in the places of Maven and Java that only note their calls. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path home;

    @BeforeEach
    void makeProject() throws IOException {
        Files.copy(Path.of("..", "inkstone"), home.resolve("inkstone"));
        for (String module : List.of("core", "cli")) {
            Files.createDirectories(home.resolve(module + "/src/main"));
            Files.createFile(home.resolve(module + "/pom.xml"));
            Files.createFile(home.resolve(module + "/src/main/A.java"));
        }
        Files.createFile(home.resolve("pom.xml"));
        script("bin/java", "[ \"${*: -1}\" = sprites ] || echo ran");
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        script("bin/mvn", "echo x >> builds; mkdir -p cli/target; touch cli/target/classpath");
        run();
        run();
        assertThat(builds()).isEqualTo(1);
        Files.setLastModifiedTime(home.resolve("core/src/main/A.java"), inTheFuture());
        run();
        assertThat(builds()).isEqualTo(2);
    }

    /** Other natives are another build; what Maven is told stands in its notes. */
    @Test
    void buildsAnewForOtherNatives() throws Exception {
        script("bin/mvn", "echo \"$@\" >> builds; mkdir -p cli/target; touch cli/target/classpath");
        run();
        for (int time = 0; time < 2; time++) {
            ProcessBuilder cuda = launcher();
            cuda.environment().put("INKSTONE_PLATFORM", "linux-x86_64-gpu");
            assertThat(output(cuda)).endsWith("ran\n");
        }
        assertThat(Files.readAllLines(home.resolve("builds")))
                .hasSize(2)
                .satisfies(calls -> assertThat(calls.get(0)).doesNotContain("-P"))
                .satisfies(calls -> assertThat(calls.get(1)).contains("-Pcuda"));
        run();
        assertThat(builds()).isEqualTo(3);
        ProcessBuilder unknown = launcher();
        unknown.environment().put("INKSTONE_PLATFORM", "linux-gpu");
        Process process = unknown.start();
        assertThat(new String(process.getInputStream().readAllBytes()))
                .isEqualTo(
                        "inkstone: INKSTONE_PLATFORM is 'linux-gpu': take linux-x86_64-gpu, or leave it unset for the CPU of this machine.\n");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** What is saved while Maven runs may have missed its turn. */
    @Test
    void aSourceSavedDuringTheBuildCausesAnotherBuild() throws Exception {
        script(
                "bin/mvn",
                "sleep 0.1; [ -e builds ] || echo y > core/src/main/A.java; echo x >> builds;"
                        + " mkdir -p cli/target; touch cli/target/classpath; sleep 0.1");
        run();
        assertThat(builds()).isEqualTo(1);
        run();
        assertThat(builds()).isEqualTo(2);
        run();
        assertThat(builds()).isEqualTo(2);
    }

    /** Java reads names beyond ASCII only under a locale that knows them. */
    @ParameterizedTest
    @CsvSource({"C, C.UTF-8", "POSIX, C.UTF-8", "C.UTF-8, C.UTF-8", "xx_YY.UTF-8, C.UTF-8", ", C.UTF-8"})
    void namesBeyondAsciiNeedALocale(String set, String seen) throws Exception {
        script("bin/mvn", "mkdir -p cli/target; touch cli/target/classpath");
        script("bin/java", "[ \"${*: -1}\" = sprites ] || echo ${LC_ALL:-$LANG} ran");
        ProcessBuilder launcher = launcher();
        launcher.environment().keySet().removeAll(List.of("LANG", "LC_ALL", "LC_CTYPE"));
        if (set != null) {
            launcher.environment().put("LANG", set);
        }
        assertThat(output(launcher)).endsWith(seen + " ran\n");
    }

    private static FileTime inTheFuture() {
        return FileTime.from(Instant.now().plusSeconds(5));
    }

    private long builds() throws IOException {
        return Files.readAllLines(home.resolve("builds")).size();
    }

    private void run() throws Exception {
        assertThat(output(launcher())).endsWith("ran\n");
    }

    private ProcessBuilder launcher() {
        ProcessBuilder launcher = new ProcessBuilder(home.resolve("inkstone").toString(), "recipes");
        launcher.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        launcher.environment().keySet().removeAll(List.of("JAVA_HOME", "INKSTONE_PLATFORM"));
        launcher.redirectErrorStream(true);
        return launcher;
    }

    private static String output(ProcessBuilder launcher) throws Exception {
        Process process = launcher.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private void script(String name, String body) throws IOException {
        Script.write(home.resolve(name), body);
    }
}
