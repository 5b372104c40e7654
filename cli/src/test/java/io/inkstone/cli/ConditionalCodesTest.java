package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A VAE that was told the class of every picture asks for it, instead of going on without one in silence. */
class ConditionalCodesTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        data = TinyRuns.data(folder);
        run = TinyRuns.conditionalFaces(folder, data);
        Npy.write(folder.resolve("x.npy"), NdArray.of(new float[2 * 3 * 16 * 16], 2, 3, 16, 16));
        PictureFile.write(folder.resolve("a.png"), Pixels.filled(16, 16, 0x204060));
        PictureFile.write(folder.resolve("b.png"), Pixels.filled(16, 16, 0xC0A080));
        Npy.write(folder.resolve("z.npy"), NdArray.of(new float[2 * 6], 2, 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reconstruct RUN --images FOLDER/x.npy",
                "encode RUN --images FOLDER/x.npy",
                "decode RUN --latents FOLDER/z.npy",
                "interpolate RUN --images FOLDER/a.png FOLDER/b.png --count 2",
                "interpolate RUN --seeds 1 2 --count 2",
                "walk RUN --dimension 1 --count 2",
            })
    void asksForTheClass(String line) throws IOException {
        assertThat(result(line, "--labels", "dark")).isNotEqualTo(result(line, "--labels", "bright"));
        assertThat(result(line, "--context", "none")).isEqualTo(result(line, "--context", "dark=0"));
        called(line, folder.resolve("none.npy"))
                .failed(1, "the labels of every picture", "of dark, bright", "the context none");
        assertThat(folder.resolve("none.npy")).doesNotExist();
    }

    /** Of two classes each is that of one of the pictures; the way goes from one to the other. */
    @Test
    void twoClassesAreThoseOfTheEnds() throws IOException {
        String line = "interpolate RUN --images FOLDER/a.png FOLDER/b.png --count 3 --precision float32";
        NdArray both = result(line, "--labels", "dark,bright");
        assertThat(both.rows(0, 1)).isEqualTo(result(line, "--labels", "dark").rows(0, 1));
        assertThat(both.rows(2, 1)).isEqualTo(result(line, "--labels", "bright").rows(2, 1));
        called(line, folder.resolve("none.npy"), "--labels", "dark,dark,dark,dark")
                .failed(
                        1,
                        "A way of 3 pictures takes one class for all, two for its ends, or 3, one a picture; got 4 (--labels");
        called(line, folder.resolve("none.npy"), "--labels", "dark", "--seed", "7")
                .failed(2, "leave out seed (--seed)");
        called("interpolate RUN --seeds 1 2", folder.resolve("none.npy"), "--labels", "dark", "--seed", "7")
                .failed(2, "draws no noise between seeds: leave out seed (--seed)");
        called("interpolate RUN --to bright", folder.resolve("none.npy"))
                .failed(2, "A way to a context begins at another", "--context, --labels");
    }

    private static NdArray result(String line, String... more) throws IOException {
        Path out = folder.resolve("out.npy");
        called(line, out, more).succeeded();
        return Npy.read(out);
    }

    private static Terminal called(String line, Path out, String... more) {
        String all = line + " --out " + out + " " + String.join(" ", more);
        return Terminal.run((Object[]) all.replace("RUN", run.toString())
                .replace("FOLDER", folder.toString())
                .strip()
                .split(" "));
    }

    /** A set brings its classes; what is said beside it would not be heard. */
    @Test
    void aSetBringsItsOwn() throws IOException {
        Path out = folder.resolve("set.safetensors");
        Terminal.run("encode", run, "--data", data, "--labels", "dark", "--out", out)
                .failed(2, "Classes are said of images", "(--labels, --context)");
        Terminal.run("encode", run, "--data", "avatars", "--out", out)
                .failed(1, "knows 2 classes (dark, bright), the data avatars has 5 classes (short hair,");
        assertThat(out).doesNotExist();
        Terminal.run("encode", run, "--data", data, "--out", out).succeeded();
        assertThat(Safetensors.read(out).tensors().get("latents").shape()).containsExactly(60, 6);
    }

    /** Another set may name the same classes in another order: each picture is coded with its own. */
    @Test
    void aSetInAnotherOrderIsCodedByName() throws IOException {
        Path turned = Files.createDirectories(folder.resolve("turned"));
        Files.copy(data.resolve("pictures.npy"), turned.resolve("pictures.npy"));
        Files.write(turned.resolve("classes.txt"), List.of("bright", "dark"));
        float[] labels = Npy.read(data.resolve("labels.npy")).toFloats();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = 1 - labels[i];
        }
        Npy.write(turned.resolve("labels.npy"), NdArray.of(labels, labels.length / 2, 2));
        Path asTrained = folder.resolve("trained.safetensors");
        Path other = folder.resolve("turned.safetensors");
        Terminal.run("encode", run, "--data", data, "--out", asTrained).succeeded();
        Terminal said =
                Terminal.run("encode", run, "--data", turned, "--out", other).succeeded();
        assertThat(said.err()).contains("in the order of " + run + ": 2 classes (dark, bright).");
        assertThat(Safetensors.read(other).tensors())
                .isEqualTo(Safetensors.read(asTrained).tensors());
    }
}
