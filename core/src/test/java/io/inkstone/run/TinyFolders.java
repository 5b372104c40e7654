package io.inkstone.run;

import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Class folders of plain pictures of 8×8, which can come, go and be renamed. */
public final class TinyFolders {
    private TinyFolders() {}

    /** Adds pictures numbered {@code from} (inclusive) to {@code to} to a class; returns the folder of all classes. */
    public static Path add(Path root, String label, int from, int to) throws IOException {
        Path folder = Files.createDirectories(root.resolve(label));
        for (int i = from; i < to; i++) {
            int level = (Math.abs(label.hashCode()) + 7 * i) % 256;
            PictureFile.write(folder.resolve("%03d.png".formatted(i)), Pixels.filled(8, 8, 0x010101 * level));
        }
        return root;
    }
}
