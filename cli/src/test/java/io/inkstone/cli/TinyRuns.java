package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.data.DarkAndBright;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Data and networks so small that a run of them takes a second. */
final class TinyRuns {
    private TinyRuns() {}

    /** 60 pictures of 16×16 in two classes, dark and bright. */
    static Path data(Path folder) throws IOException {
        return data(folder, 60, 16, 3);
    }

    /** Such pictures in another form. */
    static Path data(Path folder, int count, int side, int channels) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        DarkAndBright.write(data, count, side, channels);
        Files.writeString(data.resolve("classes.txt"), "dark\nbright\n");
        return data;
    }

    /** A context U-Net of one epoch, 10 levels of noise. */
    static Path sprites(Path folder, Path data) {
        Path run = folder.resolve("sprites");
        Terminal trained = train(
                "sprites",
                data,
                run,
                "model.width=8",
                "train.batch=20",
                "diffusion.steps=10",
                "preview.count=2",
                "preview.steps=2");
        assertThat(trained.err()).contains("pictures/s");
        assertThat(trained.lastLine()).isEqualTo(run.toString());
        assertThat(trained.out()).contains("final.png", "film.png", "animation.gif", "curves.png");
        return run;
    }

    /** A VAE of one epoch, 6 latent values. */
    static Path faces(Path folder, Path data) {
        return vae(folder.resolve("faces"), data, false);
    }

    /** The same with both halves told the class. */
    static Path conditionalFaces(Path folder, Path data) {
        return vae(folder.resolve("conditional-faces"), data, true);
    }

    private static Path vae(Path run, Path data, boolean conditional) {
        train(
                "faces-vae",
                data,
                run,
                "data.size=16",
                "data.crop=0",
                "model.channels=[8,8]",
                "model.latent=6",
                "model.conditional=" + conditional,
                "preview.count=2");
        return run;
    }

    /** A picture of 16×16 whose every value differs from its neighbours'. */
    static Path face(Path folder) {
        byte[] values = new byte[16 * 16 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i * 7);
        }
        Path face = folder.resolve("face.png");
        PictureFile.write(face, new Pixels(16, 16, 3, values));
        return face;
    }

    /** Weights that were trained elsewhere. */
    static Path imported(Path folder, Map<String, NdArray> weights, String recipe) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(file, weights, Map.of());
        Path run = folder.resolve("run");
        Terminal.run("import", file, "--recipe", recipe, "--out", run).succeeded();
        return run;
    }

    /**
     * One epoch of a recipe with overrides.
     *
     * @param data a path, or the name of an embedded set
     */
    static Terminal train(String recipe, Object data, Path run, String... overrides) {
        List<Object> line = new ArrayList<>(List.of("train", recipe, "--data", data, "--out", run));
        line.addAll(List.of("--set", "train.epochs=1"));
        for (String override : overrides) {
            line.addAll(List.of("--set", override));
        }
        return Terminal.run(line.toArray()).succeeded();
    }
}
