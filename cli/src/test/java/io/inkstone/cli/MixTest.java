package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.condition.Condition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixTest {
    private static final List<String> CLASSES = List.of("hat", "long hair");

    @TempDir
    static Path folder;

    @Test
    void oneForAllOrARowAPicture() throws IOException {
        Path file = folder.resolve("c.npy");
        Npy.write(file, NdArray.of(new float[] {1, 2, 3, 4}, 2, 2));
        assertThat(new Mix("hat=0.5").number()).isEmpty();
        assertThat(new Mix("hat=0.5").rows(CLASSES, 2))
                .containsExactly(Condition.classes(0.5f, 0), Condition.classes(0.5f, 0));
        assertThat(new Mix(file.toString()).number()).hasValue(2);
        assertThat(new Mix(file.toString()).rows(CLASSES, 2))
                .containsExactly(Condition.classes(1, 2), Condition.classes(3, 4));
        assertThat(new Mix("none").rows(CLASSES, 2)).isEmpty();
        assertThat(new Mix("none").row(CLASSES)).containsExactly(0, 0);
        assertThat(new Mix("hat").absolute()).isEqualTo(new Mix("hat"));
        assertThat(new Mix("c.npy").absolute())
                .isEqualTo(new Mix(Path.of("c.npy").toAbsolutePath().toString()));
    }

    @Test
    void aRowHasAValueForEachClass() throws IOException {
        Path wide = folder.resolve("wide.npy");
        Npy.write(wide, NdArray.of(new float[9], 1, 9));
        assertThatThrownBy(() -> new Mix(wide.toString()).row(CLASSES))
                .hasMessage("The context of %s: expected shape [2], got [9].".formatted(wide));
    }

    /** As a shell would take it apart. */
    @Test
    void wordsOfALineAreQuotedWhereAShellReadsThem() {
        assertThat(ShellWord.quoted("hat=0.7,glasses=0.3")).isEqualTo("hat=0.7,glasses=0.3");
        assertThat(ShellWord.quoted(Path.of("my runs/it's $HOME"))).isEqualTo("'my runs/it'\\''s $HOME'");
        assertThat(ShellWord.quoted("")).isEqualTo("''");
    }
}
