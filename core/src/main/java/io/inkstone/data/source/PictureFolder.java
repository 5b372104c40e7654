package io.inkstone.data.source;

import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.SelectedPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures, flat or nested, sorted by name. With {@code list_attr_celeba.txt} beside or above they have attributes, with
 * {@code list_eval_partition.txt} they are split into training, validation and test.
 */
final class PictureFolder {
    private PictureFolder() {}

    /** Pictures at any depth. */
    static Optional<Finding> find(Origin origin, Tree tree) {
        List<Path> files = tree.all();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String seen = Origin.relative(tree.path(), files.get(0)) + (files.size() > 1 ? ", …" : "");
        return Optional.of(new Finding(
                Finding.Kind.PICTURES, seen, "a folder that holds only pictures", () -> open(origin, tree, files)));
    }

    private static DataSet open(Origin origin, Tree tree, List<Path> files) throws IOException {
        if (tree.pictures().isEmpty()
                && tree.folders().stream().filter(Tree::hasPictures).count() > 1
                && !CelebaLists.isAt(origin)) {
            origin.left()
                    .note(Words.of(
                            "No classes were taken: the pictures lie two folders deep or more (%s). If the folders of one level are classes, point at the folder above them.",
                            Origin.relative(tree.path(), files.get(0))));
        }
        Optional<Labels> attributes = CelebaLists.attributes(origin, files);
        Sidecars texts = Sidecars.of(tree, files, origin.left());
        PictureSet all =
                EncodedPictures.ofFiles(origin, files, attributes.orElseGet(() -> Labels.none(files.size())), texts);
        Optional<int[][]> parts = CelebaLists.partition(origin, files);
        return parts.isEmpty() ? DataSet.of(all) : split(all, parts.get());
    }

    /** @param parts indices of training, validation and test */
    static DataSet split(PictureSet all, int[][] parts) {
        return new DataSet(new SelectedPictures(all, parts[0]), part(all, parts[1]), part(all, parts[2]));
    }

    private static Optional<PictureSet> part(PictureSet all, int[] indices) {
        return indices.length == 0 ? Optional.empty() : Optional.of(new SelectedPictures(all, indices));
    }
}
