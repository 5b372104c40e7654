package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.Npy;
import io.inkstone.golden.UnconditionalReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of DDPMPipeline: sampled as they lie, imported without a recipe, exported, and imported from a single file. */
class PictureFolderCommandsTest {
    @TempDir
    Path folder;

    private float[] drawn(Path place) throws IOException {
        Path out = folder.resolve("drawn.npy");
        Terminal.run("sample", place, "--steps", 3, "--count", 2, "--seed", 5, "--out", out)
                .succeeded();
        assertThat(Npy.read(out).shape()).containsExactly(2, 3, 16, 16);
        return Npy.read(out).toFloats();
    }

    @Test
    void drawsTheSameWhereverItLies() throws IOException {
        Path theirs = UnconditionalReference.save(folder.resolve("theirs"), "DDPMPipeline", "DDPMScheduler");
        Path run = folder.resolve("run");
        Path again = folder.resolve("again");
        Path file = folder.resolve("ours.safetensors");
        Terminal.run("import", theirs, "--out", run).succeeded();
        Terminal.run("export", run, "--layout", "diffusers", "--out", folder.resolve("back"))
                .succeeded();
        Terminal.run("export", run, "--out", file).succeeded();
        Terminal.run("import", file, "--out", again).succeeded();
        float[] pictures = drawn(theirs);
        assertThat(drawn(run)).isEqualTo(pictures);
        assertThat(drawn(folder.resolve("back"))).isEqualTo(pictures);
        assertThat(drawn(again)).isEqualTo(pictures);
        assertThat(pictures[0]).isNotEqualTo(pictures[1]);
        Terminal.run("import", theirs, "--recipe", "sprites", "--out", folder.resolve("wrong"))
                .failed(1, "is of a UNet2DModel");
        assertThat(Files.exists(folder.resolve("wrong"))).isFalse();
    }
}
