package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The ruler is not part of the build; its Java sources must go on compiling all the same, and pass their tests. */
class RulerTest {
    private static final Path SOURCES = Path.of("../bench/java");
    private static final Path TESTS = Path.of("../bench/test");

    @TempDir
    private static Path out;

    @TestFactory
    Stream<DynamicTest> itsTests() throws IOException, ClassNotFoundException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeThat(compiler).as("a JDK").isNotNull();
        List<Path> tests = sources(TESTS).stream()
                .filter(file -> file.toString().endsWith("Test.java"))
                .toList();
        List<Path> all = new ArrayList<>(sources(SOURCES));
        all.addAll(sources(TESTS));
        compile(compiler, all);
        ClassLoader loader =
                new URLClassLoader(new URL[] {out.toUri().toURL()}, getClass().getClassLoader());
        List<DynamicTest> found = new ArrayList<>();
        for (Path file : tests) {
            String name = TESTS.relativize(file)
                    .toString()
                    .replaceAll("\\.java$", "")
                    .replace(file.getFileSystem().getSeparator(), ".");
            found.addAll(of(loader.loadClass(name)));
        }
        assertThat(found).isNotEmpty();
        return found.stream();
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static void compile(JavaCompiler compiler, List<Path> sources) throws IOException {
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            StringWriter words = new StringWriter();
            List<String> options =
                    List.of("--release", "17", "-proc:none", "-nowarn", "-d", out.toString(), "-cp", classPath());
            boolean compiled = compiler.getTask(
                            words, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(words.toString()).isTrue();
        }
    }

    /** Surefire may hide the class path in a jar's manifest. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static List<DynamicTest> of(Class<?> tests) {
        return Arrays.stream(tests.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> DynamicTest.dynamicTest(
                        "%s: %s".formatted(tests.getSimpleName(), method.getName()), () -> run(tests, method)))
                .toList();
    }

    private static void run(Class<?> tests, Method method) throws Throwable {
        Constructor<?> constructor = tests.getDeclaredConstructor();
        constructor.setAccessible(true);
        method.setAccessible(true);
        try {
            method.invoke(constructor.newInstance());
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
