package io.inkstone.run.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCacheTest {
    private static final int COUNT = 600;
    private static final int SIZE = 3;

    @TempDir
    Path folder;

    @Test
    void aFileHoldsWhatMemoryWould() throws Exception {
        Path file = folder.resolve("codes.f32");
        int[] encoded = {0};
        CodeCache.Encoder encoder = (from, to) -> {
            encoded[0] += to - from;
            float[] codes = new float[(to - from) * SIZE];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = from * SIZE + i;
            }
            return codes;
        };
        try (CodeCache memory = CodeCache.of(COUNT, SIZE, file, 1 << 20, encoder)) {
            assertThat(file).doesNotExist();
            check(memory);
        }
        try (CodeCache disk = CodeCache.of(COUNT, SIZE, file, 100, encoder)) {
            check(disk);
        }
        assertThat(encoded[0]).isEqualTo(2 * COUNT);
        try (CodeCache again = CodeCache.of(COUNT, SIZE, file, 100, encoder)) {
            check(again);
        }
        assertThat(encoded[0]).isEqualTo(2 * COUNT);
        Files.write(file, new byte[5]); // cut short by somebody else: made anew
        try (CodeCache anew = CodeCache.of(COUNT, SIZE, file, 100, encoder)) {
            check(anew);
        }
        assertThat(encoded[0]).isEqualTo(3 * COUNT);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static void check(CodeCache cache) {
        for (int number : new int[] {0, 1, 255, 256, 599}) {
            float[] target = new float[5];
            cache.copy(number, target, 1);
            assertThat(target).containsExactly(0, 3f * number, 3f * number + 1, 3f * number + 2, 0);
        }
    }
}
