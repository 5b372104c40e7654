package io.inkstone.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Path path = folder.resolve("new/x.txt");
        AtomicFile.write(path, out -> out.write("old".getBytes()));
        assertThatThrownBy(() -> AtomicFile.write(path, out -> {
                    out.write("half of the new".getBytes());
                    out.flush();
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("Could not write " + path + ": No space left on device");
        assertThat(path).hasContent("old");
        assertThat(path.getParent().toFile().list()).containsExactly("x.txt");
    }

    @Test
    void foldersAreNotOverwritten() {
        assertThatThrownBy(() -> AtomicFile.write(folder, out -> {})).hasMessageContaining("it is a folder");
    }
}
