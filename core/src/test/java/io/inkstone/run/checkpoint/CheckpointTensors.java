package io.inkstone.run.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static List<String> files(Path checkpoint) throws IOException {
        try (var files = Files.list(checkpoint)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }
}
