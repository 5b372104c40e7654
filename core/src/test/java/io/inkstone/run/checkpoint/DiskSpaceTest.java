package io.inkstone.run.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    @TempDir
    Path folder;

    /** A run that goes on needs room for what is still to come, not for what lies there. */
    @Test
    void checkpointsThatLieThereNeedNoMoreRoom() throws Exception {
        RunDirectory run = new RunDirectory(folder);
        assertThat(DiskSpace.more(run, 3, 400)).isEqualTo(1200);
        Path checkpoint = Files.createDirectories(run.checkpoints().resolve("step-000001"));
        Files.write(checkpoint.resolve("weights.safetensors"), new byte[700]);
        Files.write(checkpoint.resolve("ema.safetensors"), new byte[300]);
        assertThat(DiskSpace.more(run, 5, 400)).isEqualTo(1000);
        assertThat(DiskSpace.more(run, 3, 400)).isEqualTo(400); // the next one, before any is deleted
    }

    @Test
    void saysWhatIsFree() {
        DiskSpace.require(folder, 1, "One byte needs");
        assertThatThrownBy(() -> DiskSpace.require(folder.resolve("new"), Long.MAX_VALUE, "All of it needs"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("All of it needs")
                .hasMessageContaining("are free at " + folder.resolve("new"));
    }
}
