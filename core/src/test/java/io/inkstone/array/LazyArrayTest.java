package io.inkstone.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LazyArrayTest {
    @TempDir
    Path folder;

    private final NdArray whole = NdArray.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 5, 2);

    /** Five rows in chunks of two: the last is shorter. */
    @Test
    void partsGiveTheBytesOfTheWhole() throws IOException {
        LazyArray parts =
                LazyArray.inChunks(DType.FLOAT32, 2, (from, to) -> whole.rows(from, to - from), whole.shape());
        Npy.write(folder.resolve("parts.npy"), parts);
        Npy.write(folder.resolve("whole.npy"), whole);
        assertThat(folder.resolve("parts.npy")).hasSameBinaryContentAs(folder.resolve("whole.npy"));
        assertThat(parts.bytes()).isEqualTo(40);
    }

    @Test
    void refusesPartsThatDoNotKeepThePromise() {
        Path file = folder.resolve("x.npy");
        assertThatThrownBy(() -> Npy.write(file, new LazyArray(DType.FLOAT32, new long[] {6, 2}, List.of(whole))))
                .isInstanceOf(InputException.class)
                .hasMessage("An array of shape [6, 2] was given 5 rows.");
        assertThatThrownBy(() -> Npy.write(file, new LazyArray(DType.FLOAT32, new long[] {5, 3}, List.of(whole))))
                .hasMessage("A part of an array FLOAT32 [5, 3] has the form FLOAT32 [5, 2].");
        assertThatThrownBy(() -> Npy.write(file, new LazyArray(DType.INT64, new long[] {5, 2}, List.of(whole))))
                .hasMessageContaining("has the form FLOAT32 [5, 2]");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void joiningMoreThanTwoGigabytesIsASentence() {
        NdArray large = NdArray.of(new byte[1 << 20], 1, 1 << 20);
        assertThatThrownBy(() -> NdArray.joined(java.util.Collections.nCopies(2048, large)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("[2048, 1048576] takes 2048 MB");
    }
}
