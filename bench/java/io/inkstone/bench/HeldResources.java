package io.inkstone.bench;

import io.inkstone.Words;
import io.inkstone.image.Curves;
import io.inkstone.image.PictureFile;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process holds as time goes on: memory of the machine, Java's heap, native objects. */
final class HeldResources {
    private final List<double[]> samples = new ArrayList<>();

    /** Looks now, after a collection. */
    void note(double minutes, int actions) {
        System.gc();
        Runtime java = Runtime.getRuntime();
        samples.add(new double[] {
            minutes,
            ProcessMemory.residentMegabytes(),
            (java.totalMemory() - java.freeMemory()) / 1048576.0,
            Scope.liveObjects(),
            actions
        });
    }

    /** All samples as soak.csv, and their curves as soak.png. */
    void write(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder("minutes,residentMegabytes,heapMegabytes,liveObjects,actions\n");
        samples.forEach(sample -> lines.append(Words.of(
                "%.2f,%.0f,%.1f,%.0f,%.0f%n", sample[0], sample[1], sample[2], sample[3], sample[4])));
        Files.writeString(folder.resolve("soak.csv"), lines);
        PictureFile.write(
                folder.resolve("soak.png"),
                Curves.stacked(List.of(
                        curve("resident memory, MB", 1),
                        curve("Java heap after a collection, MB", 2),
                        curve("native objects alive", 3))));
    }

    /** Means over the second and the last quarter. */
    String summary() {
        return Words.of(
                "Second quarter → last quarter: resident %.0f → %.0f MB, heap %.1f → %.1f MB, native objects %.0f → %.0f",
                quarter(1, 1), quarter(3, 1), quarter(1, 2), quarter(3, 2), quarter(1, 3), quarter(3, 3));
    }

    private double quarter(int which, int column) {
        int size = samples.size();
        return samples.subList(which * size / 4, Math.max(which * size / 4 + 1, (which + 1) * size / 4)).stream()
                .mapToDouble(sample -> sample[column])
                .average()
                .orElse(0);
    }

    private Curves curve(String title, int column) {
        double[] x = samples.stream().mapToDouble(sample -> sample[0]).toArray();
        double[] y = samples.stream().mapToDouble(sample -> sample[column]).toArray();
        return new Curves(title, "minutes", false, List.of(new Curves.Series("", x, y)));
    }
}
