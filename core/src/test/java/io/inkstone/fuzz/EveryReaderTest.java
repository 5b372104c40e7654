package io.inkstone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every reader of files from outside on sound files that were cut, flipped, stretched or mixed. {@code -Pfuzz} searches
 * further, led by coverage; {@code -Dinkstone.fuzz=100000} tries more of these.
 */
class EveryReaderTest {
    private static final int TRIES = Integer.getInteger("inkstone.fuzz", 40);
    private static final long SEED = 16;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Reader.class)
    void answersOrSaysWhatIsWrong(Reader reader) throws IOException {
        List<byte[]> seeds = ReaderSeeds.of(reader, folder);
        assertThat(seeds).isNotEmpty();
        SplittableRandom random = new SplittableRandom(SEED);
        Place place = new Place(Files.createDirectory(folder.resolve("place")));
        for (int i = 0; i < TRIES; i++) {
            byte[] input = i < seeds.size() ? seeds.get(i) : damaged(seeds.get(random.nextInt(seeds.size())), random);
            assertThatCode(() -> FuzzTarget.read(reader, input, place))
                    .as("%s", HexFormat.of().formatHex(Arrays.copyOf(input, Math.min(input.length, 4000))))
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] damaged(byte[] sound, SplittableRandom random) {
        byte[] bytes = sound.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && bytes.length > 1; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 3 ->
                    Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) (random.nextBoolean() ? 0xFF : 0x7F));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(32), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }
}
