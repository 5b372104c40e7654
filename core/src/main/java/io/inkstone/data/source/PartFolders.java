package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.Split;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Folders that are parts of one set: {@code train/} beside {@code test/} and the like, each with data of any kind. They
 * are never classes, and what is held out is never trained on.
 */
final class PartFolders {
    private PartFolders() {}

    /**
     * Empty where no folder is called like a part, or a single one is, which holds everything.
     *
     * @param tables whether files of many pictures were found before; a lone folder beside them is no part then
     */
    static Optional<Finding> find(Origin origin, Tree tree, boolean tables) {
        List<Tree> holding = tree.folders().stream()
                .filter(tables ? Tree::hasPictures : Tree::hasData)
                .toList();
        List<Tree> named = holding.stream().filter(PartFolders::isPart).toList();
        if (named.isEmpty() || (tables && named.size() < 2) || isVehicle(holding, named)) {
            return Optional.empty();
        }
        if (holding.size() == 1 && tree.pictures().isEmpty()) {
            requireTraining(origin, tree, named.get(0));
            return Optional.empty();
        }
        if (named.size() < holding.size()) {
            throw mixed(origin, holding, named);
        }
        String seen = names(named);
        return Optional.of(new Finding(
                Finding.Kind.PARTS, seen, "a folder that holds only parts", () -> open(origin, tree, named)));
    }

    private static boolean isPart(Tree folder) {
        return PartName.of(folder.name()).isPresent();
    }

    /** A train among other vehicles is a class: loose pictures in it, and in two folders or more that are no parts. */
    private static boolean isVehicle(List<Tree> holding, List<Tree> named) {
        return named.size() == 1
                && named.get(0).name().equalsIgnoreCase("train")
                && holding.size() >= 3
                && holding.stream().noneMatch(folder -> folder.pictures().isEmpty());
    }

    private static void requireTraining(Origin origin, Tree tree, Tree only) {
        Split split = PartName.of(only.name()).orElseThrow();
        if (split != Split.TRAIN) {
            throw new InputException(Words.of(
                    "%s has only a %s part (%s/) and nothing to train on. To use those, point at %s.",
                    origin.nameOf(tree.path()), split.word(), only.name(), origin.nameOf(only.path())));
        }
    }

    private static InputException mixed(Origin origin, List<Tree> holding, List<Tree> named) {
        List<Tree> others =
                holding.stream().filter(folder -> !named.contains(folder)).toList();
        return new InputException(Words.of(
                "%s has folders that are called like parts of a set (%s) beside others (%s): which of them are classes, and what is held out, cannot be told. Move one kind away, rename it, or point at one folder.",
                origin.name(), names(named), names(others)));
    }

    private static String names(List<Tree> folders) {
        String first =
                folders.stream().limit(6).map(folder -> folder.name() + "/").collect(Collectors.joining(", "));
        return folders.size() > 6 ? first + ", …" : first;
    }

    private static DataSet open(Origin origin, Tree tree, List<Tree> named) throws IOException {
        Map<Split, Tree> folders = new EnumMap<>(Split.class);
        for (Tree folder : named) {
            Tree same = folders.put(PartName.of(folder.name()).orElseThrow(), folder);
            if (same != null) {
                throw new InputException(Words.of(
                        "%s has two folders for one part, %s/ and %s/. Join them or move one away.",
                        origin.name(), same.name(), folder.name()));
            }
        }
        if (!folders.containsKey(Split.TRAIN)) {
            throw new InputException(Words.of(
                    "%s has only held-out parts (%s) and nothing to train on. Point at one of them.",
                    origin.name(), names(named)));
        }
        tree.others().forEach(origin.left()::other);
        Map<Split, DataSet> parts = new EnumMap<>(Split.class);
        for (Map.Entry<Split, Tree> folder : folders.entrySet()) {
            List<String> classes =
                    parts.isEmpty() ? List.of() : parts.get(Split.TRAIN).info().classes(); // comes first
            parts.put(folder.getKey(), part(origin, folder.getValue(), classes));
        }
        return PartAgreement.of(origin, parts);
    }

    /** @param classes of the training part: a part may have folders of some of them, even of one */
    private static DataSet part(Origin origin, Tree folder, List<String> classes) throws IOException {
        Origin below = origin.below(folder.path());
        Optional<Finding> known = ClassFolders.findKnown(below, folder, classes);
        DataSet set = (known.isPresent() ? known.get() : DataSource.only(below, DataSource.look(below)))
                .opener()
                .open();
        if (set.heldOut().isPresent()) {
            throw new InputException(Words.of(
                    "%s has parts inside the part %s/. Point at that folder instead.", origin.name(), folder.name()));
        }
        return set;
    }
}
