package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Data and networks so small that a run of them takes a second. */
final class TinyRuns {
    private TinyRuns() {}

    /** 60 pictures of 16×16 in two classes, dark and bright. */
    static Path data(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pixels = new byte[60 * 16 * 16 * 3];
        float[] labels = new float[60 * 2];
        for (int i = 0; i < 60; i++) {
            labels[2 * i + i % 2] = 1;
            for (int j = 0; j < 768; j++) {
                pixels[768 * i + j] = (byte) (i % 2 * 150 + random.nextInt(60));
            }
        }
        Path data = Files.createDirectory(folder.resolve("data"));
        Npy.write(data.resolve("pictures.npy"), NdArray.of(pixels, 60, 16, 16, 3));
        Npy.write(data.resolve("labels.npy"), NdArray.of(labels, 60, 2));
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

    /** One epoch of a recipe with overrides. */
    static Terminal train(String recipe, Path data, Path run, String... overrides) {
        List<Object> line = new ArrayList<>(List.of("train", recipe, "--data", data, "--out", run));
        line.addAll(List.of("--set", "train.epochs=1"));
        for (String override : overrides) {
            line.addAll(List.of("--set", override));
        }
        return Terminal.run(line.toArray()).succeeded();
    }
}
