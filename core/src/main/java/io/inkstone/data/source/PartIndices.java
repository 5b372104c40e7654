package io.inkstone.data.source;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Split;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Divides a set into its parts where its own list says which picture belongs to which. */
final class PartIndices {
    private PartIndices() {}

    /** @param parts of each picture; pictures without one are trained on */
    static DataSet of(PictureSet all, List<Optional<Split>> parts, LeftOut left) {
        int[][] indices = {where(parts, Split.TRAIN), where(parts, Split.VALIDATION), where(parts, Split.TEST)};
        if (indices[1].length + indices[2].length == 0) {
            return DataSet.of(all);
        }
        if (indices[0].length == 0) {
            throw new InputException(Words.of(
                    "%s lists only held-out pictures and none to train on.",
                    all.info().name()));
        }
        long unsaid = parts.stream().filter(Optional::isEmpty).count();
        if (unsaid > 0) {
            left.note(Words.of(
                    "%s in no part %s trained on.", Counted.of((int) unsaid, "picture"), unsaid == 1 ? "is" : "are"));
        }
        return PictureFolder.split(all, indices);
    }

    private static int[] where(List<Optional<Split>> parts, Split part) {
        return IntStream.range(0, parts.size())
                .filter(i -> parts.get(i).orElse(Split.TRAIN) == part)
                .toArray();
    }
}
