package io.inkstone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What users may lean on carries {@code @since}: a package, or a single type of another one. The page that lists the surface, the
 * sources and the examples agree on it.
 */
class SurfaceTest {
    private static final Path MAIN = Path.of("src/main/java/io/inkstone");
    private static final Path PAGE = Path.of("../docs/use-as-a-library.md");
    private static final Pattern SINCE = Pattern.compile("(?m)^ \\* @since (\\d+\\.\\d+)$");
    /** A row of the table: its first cell, names in backquotes. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[\\w.`, ]+`) \\| .* \\| 0\\.\\d+ \\|$");

    @Test
    void thePageListsWhatCarriesSince() throws IOException {
        Set<String> listed = ROW.matcher(Files.readString(PAGE))
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ")))
                .map(name -> name.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(carriers())
                .as("Sources with @since, which must be the rows of the table in docs/use-as-a-library.md")
                .isEqualTo(listed)
                .hasSizeGreaterThan(20);
    }

    /** Nobody who follows the examples leaves the surface. */
    @Test
    void examplesImportNothingElse() throws IOException {
        Set<String> surface = carriers();
        List<Path> examples = new ArrayList<>(sources(Path.of("../examples")));
        examples.addAll(sources(Path.of("src/test/java/io/inkstone/examples")));
        Set<String> imported = examples.stream()
                .filter(file -> !file.getFileName().toString().endsWith("Test.java"))
                .flatMap(file -> text(file).lines())
                .filter(line -> line.startsWith("import io.inkstone."))
                .map(line -> line.substring("import io.inkstone.".length(), line.length() - 1))
                .filter(type -> !type.startsWith("examples."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(imported).hasSizeGreaterThan(10);
        assertThat(imported.stream().filter(type -> !surface.contains(type) && !surface.contains(room(type))))
                .as("Imports of examples that the page of the surface does not list: do without, or give them @since")
                .isEmpty();
    }

    /** {@code models.draw}, {@code run.SavedRun}, {@code InputException}. */
    private static Set<String> carriers() throws IOException {
        return sources(MAIN).stream()
                .filter(file -> SINCE.matcher(text(file)).find())
                .map(file ->
                        MAIN.relativize(file).toString().replace(".java", "").replace('/', '.'))
                .map(name -> name.endsWith(".package-info") ? room(name) : name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String room(String type) {
        int last = type.lastIndexOf('.');
        return last < 0 ? "" : type.substring(0, last);
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
