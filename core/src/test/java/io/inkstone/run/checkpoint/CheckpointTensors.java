package io.inkstone.run.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** All tensors that a checkpoint holds, and their metadata. */
public final class CheckpointTensors {
    private CheckpointTensors() {}

    /** Byte for byte. */
    public static void assertSame(Path one, Path other) throws IOException {
        List<String> files = files(one);
        assertThat(files)
                .contains("weights.safetensors", "optimizer.safetensors")
                .isEqualTo(files(other));
        for (String file : files) {
            assertThat(one.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
        }
    }

    /** The same numbers, whatever stands in the files' heads. */
    public static void assertSameNumbers(Path one, Path other) throws IOException {
        assertThat(files(one)).isEqualTo(files(other)).isNotEmpty();
        for (String file : files(one)) {
            assertThat(numbers(one.resolve(file))).as(file).isEqualTo(numbers(other.resolve(file)));
        }
    }

    /** What stands in the head of the weights, the recipe among it. */
    public static String head(Path checkpoint) throws IOException {
        byte[] file = Files.readAllBytes(checkpoint.resolve("weights.safetensors"));
        return new String(file, 0, numbersAt(file), StandardCharsets.UTF_8);
    }

    private static byte[] numbers(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return Arrays.copyOfRange(all, numbersAt(all), all.length);
    }

    /** Eight bytes of a length, a head of that length, the numbers. */
    private static int numbersAt(byte[] file) {
        return Math.toIntExact(Long.BYTES
                + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }

    private static List<String> files(Path checkpoint) throws IOException {
        try (var files = Files.list(checkpoint)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }
}
