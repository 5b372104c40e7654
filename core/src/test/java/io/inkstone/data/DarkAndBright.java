package io.inkstone.data;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A data set in two classes that anybody can tell apart. */
public final class DarkAndBright {
    private DarkAndBright() {}

    /** Writes noise that is dark and noise that is bright by turns, and their labels; returns the file of the pictures. */
    public static Path write(Path folder, int count, int side, int channels) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        int size = side * side * channels;
        byte[] pixels = new byte[count * size];
        float[] labels = new float[count * 2];
        for (int i = 0; i < count; i++) {
            labels[2 * i + i % 2] = 1;
            for (int j = 0; j < size; j++) {
                pixels[size * i + j] = (byte) (i % 2 * 150 + random.nextInt(60));
            }
        }
        Path pictures = folder.resolve("pictures.npy");
        Npy.write(pictures, NdArray.of(pixels, count, side, side, channels));
        Npy.write(folder.resolve("labels.npy"), NdArray.of(labels, count, 2));
        return pictures;
    }
}
