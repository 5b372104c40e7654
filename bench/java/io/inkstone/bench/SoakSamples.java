package io.inkstone.bench;

import io.inkstone.image.Curves;
import io.inkstone.image.PictureFile;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process holds, again and again. */
final class SoakSamples {
    private static final int RESIDENT = 1;
    private static final int HEAP = 2;
    private static final int OBJECTS = 3;

    private final List<double[]> samples = new ArrayList<>();

    /** @param done actions so far */
    void note(double minutes, int done) {
        System.gc();
        Runtime java = Runtime.getRuntime();
        samples.add(new double[] {
            minutes,
            ProcessMemory.residentMegabytes(),
            (java.totalMemory() - java.freeMemory()) / 1048576.0,
            Scope.liveObjects(),
            done
        });
    }

    /** Says the means over the second and the last quarter; writes all samples, and their curves. */
    void report(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder("minutes,residentMegabytes,heapMegabytes,liveObjects,actions\n");
        samples.forEach(each ->
                lines.append("%.2f,%.0f,%.1f,%.0f,%.0f%n".formatted(each[0], each[1], each[2], each[3], each[4])));
        Files.writeString(folder.resolve("soak.csv"), lines);
        PictureFile.write(
                folder.resolve("soak.png"),
                Curves.stacked(List.of(
                        curve("resident memory, MB", RESIDENT),
                        curve("Java heap after a collection, MB", HEAP),
                        curve("native objects alive", OBJECTS))));
        System.out.printf(
                "Second quarter to last quarter: resident %.0f to %.0f MB, heap %.1f to %.1f MB, native objects %.0f to %.0f%n",
                quarter(1, RESIDENT), quarter(3, RESIDENT), quarter(1, HEAP), quarter(3, HEAP), quarter(1, OBJECTS),
                quarter(3, OBJECTS));
    }

    private double quarter(int which, int column) {
        int from = which * samples.size() / 4;
        int to = Math.max(from + 1, (which + 1) * samples.size() / 4);
        return samples.subList(from, to).stream()
                .mapToDouble(each -> each[column])
                .average()
                .orElse(0);
    }

    private Curves curve(String title, int column) {
        double[] x = samples.stream().mapToDouble(each -> each[0]).toArray();
        double[] y = samples.stream().mapToDouble(each -> each[column]).toArray();
        return new Curves(title, "minutes", false, List.of(new Curves.Series("", x, y)));
    }
}
