package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.FileSteps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A run that could not begin leaves the place as it found it. */
class BeginningTest extends TinyDataTest {
    /** The names that a beginning writes, in {@code out} or in what takes its place. */
    private Set<String> written(Path out) {
        Set<String> names = new TreeSet<>();
        try (FileSteps.Watched watching = FileSteps.watchedBy((step, path) -> {
                    if (step == FileSteps.Step.WRITE && path.startsWith(out)) {
                        names.add(path.getFileName().toString());
                    }
                });
                TrainingRun run = TinyRun.start(TinyRun.recipe(data), out)) {
            return names;
        }
    }

    private void interruptedBefore(String name, Path out) {
        try (FileSteps.Watched watching = FileSteps.watchedBy((step, path) -> {
            if (step == FileSteps.Step.WRITE && path.startsWith(out) && path.endsWith(name)) {
                Thread.currentThread().interrupt();
            }
        })) {
            assertThatThrownBy(() -> TinyRun.start(TinyRun.recipe(data), out)).hasMessageContaining(out.toString());
        } finally {
            assertThat(Thread.interrupted()).isTrue(); // whoever wanted to leave still does
        }
    }

    @Test
    void interruptedAtAnyFile() throws Exception {
        Set<String> names = written(folder.resolve("whole"));
        assertThat(names).contains("recipe.yaml", "environment.json", "data.json");
        for (String name : names) {
            Path absent = folder.resolve("absent-" + name);
            interruptedBefore(name, absent);
            assertThat(absent).doesNotExist();
            Path empty = Files.createDirectory(folder.resolve("empty-" + name));
            interruptedBefore(name, empty);
            assertThat(empty).isEmptyDirectory();
        }
    }

    @Test
    void whatWasBegunBeforeStays() throws Exception {
        Path out = folder.resolve("run");
        TinyRun.start(TinyRun.recipe(data), out).close();
        String before = Files.readString(out.resolve("recipe.yaml"));
        assertThatThrownBy(() -> TinyRun.start(TinyRun.recipe(data, "model.width=16"), out))
                .hasMessageContaining("exists already");
        assertThat(out.resolve("recipe.yaml")).hasContent(before);
    }
}
