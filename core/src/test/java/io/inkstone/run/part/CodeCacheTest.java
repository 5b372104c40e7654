package io.inkstone.run.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InterruptedWorkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 2,500 codes of three values: parts of 1,024, 1,024 and 452. */
class CodeCacheTest {
    private static final CodeCache.Extent EXTENT = new CodeCache.Extent(2500, 3);

    @TempDir
    Path folder;

    /** Code i of a picture whose content is {@code version(i)} is three times that. */
    private static final class Counting implements CodeFile.Encoder {
        private int encoded;
        private int changed = -1;
        private int stopAt = Integer.MAX_VALUE;

        private byte version(int i) {
            return (byte) (i == changed ? 99 : i % 50);
        }

        @Override
        public float[] codes(int from, int to, MessageDigest content) {
            if (from >= stopAt) {
                Thread.currentThread().interrupt();
                InterruptedWorkException.check();
            }
            content(from, to, content);
            encoded += to - from;
            float[] codes = new float[(to - from) * EXTENT.size()];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = version(from + i / EXTENT.size());
            }
            return codes;
        }

        @Override
        public void content(int from, int to, MessageDigest content) {
            for (int i = from; i < to; i++) {
                content.update(version(i));
            }
        }
    }

    private int encoded(Counting encoder, String key, long memory) {
        encoder.encoded = 0;
        try (CodeCache cache = CodeCache.of(EXTENT, new CodeFile(folder, "training", key), memory, encoder)) {
            for (int number : new int[] {0, 1, 255, 256, 1023, 1024, 2499}) {
                float[] target = new float[5];
                cache.copy(number, target, 1, 3);
                float value = encoder.version(number);
                assertThat(target).containsExactly(0, value, value, value, 0);
            }
        }
        return encoder.encoded;
    }

    @Test
    void theNextStartFindsThemWhateverFitsInMemory() {
        Counting encoder = new Counting();
        assertThat(encoded(encoder, "a", CodeCache.MEMORY)).isEqualTo(2500);
        assertThat(encoded(encoder, "a", CodeCache.MEMORY)).isZero();
        assertThat(encoded(encoder, "a", 0)).isZero();
    }

    @Test
    void aChangedPictureMakesItsPartAnew() {
        Counting encoder = new Counting();
        encoded(encoder, "a", 0);
        encoder.changed = 1024;
        assertThat(encoded(encoder, "a", 0)).isEqualTo(1024);
        assertThat(encoded(encoder, "a", 0)).isZero();
    }

    @Test
    void whatIsBrokenOffLosesItsLastPart() {
        Counting encoder = new Counting();
        encoder.stopAt = 2048;
        assertThatThrownBy(() -> encoded(encoder, "a", 0)).isInstanceOf(InterruptedWorkException.class);
        Thread.interrupted(); // heard
        encoder.stopAt = Integer.MAX_VALUE;
        assertThat(encoded(encoder, "a", 0)).isEqualTo(2500 - 2048);
    }

    @Test
    void filesThatSomebodyCutAreMadeWhole() throws Exception {
        Counting encoder = new Counting();
        encoded(encoder, "a", 0);
        CodeFile file = new CodeFile(folder, "training", "a");
        Files.write(file.codes(), new byte[5]);
        assertThat(encoded(encoder, "a", 0)).isEqualTo(2500);
        Files.write(file.marks(), new byte[40]);
        assertThat(encoded(encoder, "a", 0)).isEqualTo(2500);
    }

    @Test
    void codesOfAnotherStageAndOfEarlierVersionsAreRemoved() throws Exception {
        Files.write(folder.resolve("codes-0123456789ab.f32"), new byte[4]);
        Path kept = Files.write(folder.resolve("codes-held-out-aa.f32"), new byte[4]);
        Counting encoder = new Counting();
        encoded(encoder, "aa", 0);
        assertThat(encoded(encoder, "bb", 0)).isEqualTo(2500);
        CodeFile last = new CodeFile(folder, "training", "bb");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(last.codes(), last.marks(), kept);
        }
    }
}
