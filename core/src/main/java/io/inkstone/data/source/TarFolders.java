package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Classes and parts of the samples of tars: numbers in {@code .cls}, or else the folders of their names, as class folders
 * that were packed have them.
 *
 * @param labels of all samples
 * @param parts of each sample, empty where no folder is called like a part
 */
record TarFolders(Labels labels, List<Optional<Split>> parts) {

    static TarFolders of(Origin origin, TarSamples samples) throws IOException {
        int count = samples.count();
        int classed = 0;
        boolean nested = samples.isNested();
        for (int i = 0; i < count; i++) {
            classed += samples.label(i) >= 0 ? 1 : 0;
        }
        if (classed > 0 && classed < count) {
            throw new InputException(Words.of(
                    "%s: %d of %d samples have no class (.cls); give each one, or none.",
                    origin.name(), count - classed, count));
        }
        List<Optional<Split>> parts = new ArrayList<>();
        List<String> folders = nested ? folders(samples, parts) : List.of();
        if (parts.stream().noneMatch(Optional::isPresent)) {
            parts = List.of();
        }
        if (classed > 0) {
            return new TarFolders(numbered(origin, samples), parts);
        }
        boolean classes = new TreeSet<>(folders).size() > 1 && folders.stream().noneMatch(String::isEmpty);
        if (!classes && folders.stream().anyMatch(folder -> !folder.isEmpty())) {
            origin.left()
                    .note("Folders in the tars are taken as no classes: not every picture lies in one of two or more.");
        }
        return new TarFolders(classes ? Labels.ofNames(folders) : Labels.none(count), parts);
    }

    /** Named by {@code classes.txt} beside the tars, where there is one. */
    private static Labels numbered(Origin origin, TarSamples samples) throws IOException {
        int[] classes = new int[samples.count()];
        int highest = 0;
        for (int i = 0; i < classes.length; i++) {
            classes[i] = samples.label(i);
            highest = Math.max(highest, classes[i]);
        }
        Optional<Path> list = origin.list("classes.txt");
        List<String> names = list.isPresent() ? NpyLabels.lines(Origin.text(list.get())) : Labels.numbered(highest + 1);
        if (names.size() <= highest) {
            throw new InputException(Words.of(
                    "%s has the class %d, but classes.txt names only %d classes.",
                    origin.name(), highest, names.size()));
        }
        return Labels.ofClasses(classes, names);
    }

    /** The first folder of each sample below what all have in common and below that of its part; empty for none. */
    private static List<String> folders(TarSamples samples, List<Optional<Split>> parts) {
        int common = common(samples);
        List<String> folders = new ArrayList<>(samples.count());
        for (int i = 0; i < samples.count(); i++) {
            String[] names = samples.plainName(i).split("/");
            int first = Math.min(common, names.length - 1);
            Optional<Split> part = first < names.length - 1 ? PartName.of(names[first]) : Optional.empty();
            parts.add(part);
            first += part.isPresent() ? 1 : 0;
            folders.add(first < names.length - 1 ? names[first] : "");
        }
        return folders;
    }

    /** How many folders the names of all samples begin with alike, but for one that is called like a part. */
    private static int common(TarSamples samples) {
        String[] first = samples.plainName(0).split("/");
        int common = first.length - 1;
        for (int i = 1; i < samples.count() && common > 0; i++) {
            String[] names = samples.plainName(i).split("/");
            int same = 0;
            while (same < Math.min(common, names.length - 1) && names[same].equals(first[same])) {
                same++;
            }
            common = same;
        }
        for (int k = 0; k < common; k++) {
            if (PartName.of(first[k]).isPresent()) {
                return k;
            }
        }
        return common;
    }
}
