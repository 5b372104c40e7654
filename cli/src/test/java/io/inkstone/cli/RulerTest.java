package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ruler is not part of the build; its Java sources must go on compiling all the same. */
class RulerTest {
    private static final Path SOURCES = Path.of("../bench/java");

    @Test
    void compilesAgainstTheProduct(@TempDir Path out) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeThat(compiler).as("a JDK").isNotNull();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> all =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            StringWriter words = new StringWriter();
            List<String> options =
                    List.of("--release", "17", "-proc:none", "-nowarn", "-d", out.toString(), "-cp", classPath());
            boolean compiled = compiler.getTask(
                            words, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
                    .call();
            assertThat(compiled).as(words.toString()).isTrue();
        }
    }

    /** Surefire may hide the class path in a jar's manifest. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
