package io.inkstone.data.source;

import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.SelectedPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures, flat or nested, sorted by name. With {@code list_attr_celeba.txt} beside or above they have attributes, with
 * {@code list_eval_partition.txt} they are split into training, validation and test.
 */
final class PictureFolder {
    private PictureFolder() {}

    /** Pictures directly here, or a list of attributes that says that everything below is one set. */
    static Optional<Finding> findHere(Origin origin) throws IOException {
        boolean loose = Folders.files(origin.root()).stream().anyMatch(Folders::isPicture);
        boolean listed = Files.isRegularFile(origin.root().resolve(CelebaLists.ATTRIBUTES));
        return loose || listed ? findBelow(origin) : Optional.empty();
    }

    /** Pictures at any depth. */
    static Optional<Finding> findBelow(Origin origin) throws IOException {
        List<Path> files = Origin.picturesBelow(origin.root());
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String seen = Origin.relative(origin.root(), files.get(0)) + (files.size() > 1 ? ", …" : "");
        return Optional.of(new Finding(
                Finding.Kind.PICTURES, seen, "a folder that holds only pictures", () -> open(origin, files)));
    }

    private static DataSet open(Origin origin, List<Path> files) throws IOException {
        Optional<Path> attributes = origin.list(CelebaLists.ATTRIBUTES);
        Labels labels =
                attributes.isPresent() ? CelebaLists.attributes(attributes.get(), files) : Labels.none(files.size());
        PictureSet all = EncodedPictures.ofFiles(origin, files, labels);
        Optional<Path> partition = origin.list(CelebaLists.PARTITION);
        if (partition.isEmpty()) {
            return DataSet.of(all);
        }
        int[][] parts = CelebaLists.partition(partition.get(), files);
        return new DataSet(new SelectedPictures(all, parts[0]), part(all, parts[1]), part(all, parts[2]));
    }

    private static Optional<PictureSet> part(PictureSet all, int[] indices) {
        return indices.length == 0 ? Optional.empty() : Optional.of(new SelectedPictures(all, indices));
    }
}
