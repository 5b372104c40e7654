package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text of sampled pictures is a format: it outlives the classes that hold the options. */
class SampleTextTest {
    @TempDir
    static Path folder;

    /** Every key draws as its option does; what is not known is not passed over. */
    @Test
    void repeatsPicturesByTheirText() throws IOException {
        Path sprites = TinyRuns.sprites(folder, TinyRuns.data(folder));
        Path old = folder.resolve("old.png");
        String text =
                """
                {"guidance":2.0,"guidanceRescale":0.5,"guidanceInterval":"0.05:9","negative":"bright=0.5",\
                "sampler":"heun","grid":"quadratic","steps":4,"eta":0.0,"clamp":true,"count":2,"seed":3,\
                "context":"dark=0.7","batch":1,"weights":"raw","precision":"float32",\
                "source":{"run":"RUN","checkpoint":"step","hash":"0"}}"""
                        .replace("RUN", sprites.toString());
        PictureFile.write(old, Pixels.filled(16, 16, 0), Map.of("inkstone.sample", text));
        Path again = folder.resolve("by-text.npy");
        Path line = folder.resolve("by-line.npy");
        assertThat(Terminal.run("sample", "--like", old, "--out", again)
                        .succeeded()
                        .err())
                .contains("drawn from other weights (step)");
        String said = "--guidance 2 --guidance-rescale 0.5 --guidance-interval 0.05:9 --negative bright=0.5 --sampler"
                + " heun --grid quadratic --steps 4 --eta 0 --clamp --count 2 --seed 3 --context dark=0.7 --batch 1"
                + " --weights raw --precision float32";
        Terminal.run((Object[])
                        "sample %s %s --out %s".formatted(sprites, said, line).split(" "))
                .succeeded();
        assertThat(again).hasSameBinaryContentAs(line);
        PictureFile.write(
                old, Pixels.filled(16, 16, 0), Map.of("inkstone.sample", text.replace("\"eta\"", "\"theta\"")));
        Terminal.run("sample", "--like", old, "--out", again)
                .failed(1, "has 'theta', which this version does not know");
    }
}
