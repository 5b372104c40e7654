package io.inkstone.layers;

import io.inkstone.tensor.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The tiles of a batch of maps [N, H, W, C] for {@link Winograd}, in strips: whole pictures, or rows of tiles of one. All strips
 * have the same size and share their tensors.
 */
final class WinogradTiles {
    /** Outputs of a tile along one side. */
    static final int SIDE = 4;

    /** Inputs of a tile along one side, and points that it is transformed to. */
    static final int POINTS = 6;

    private static final int SPARE = 4;

    private final long allPictures;
    private final long allRows;
    private final long pictures;
    private final long rows;
    private final long columns;

    /** Where a strip begins, counted in pictures and rows of tiles. */
    record Strip(long picture, long row) {}

    /** Work on one strip. */
    @FunctionalInterface
    interface Work {
        void on(Strip strip);
    }

    /**
     * @param maps [N, H, W, C]
     * @param most tiles in a strip, but at least a row of them
     */
    WinogradTiles(Tensor maps, long most) {
        allPictures = maps.size(0);
        allRows = maps.size(1) / SIDE;
        columns = maps.size(2) / SIDE;
        rows = divisor(allRows, most / columns);
        pictures = rows == allRows ? divisor(allPictures, most / (allRows * columns)) : 1;
    }

    /** The largest divisor of {@code number} up to {@code most}, or 1. */
    private static long divisor(long number, long most) {
        for (long candidate = Math.min(number, most); candidate > 1; candidate--) {
            if (number % candidate == 0) {
                return candidate;
            }
        }
        return 1;
    }

    /** Tiles of a strip. */
    long count() {
        return pictures * rows * columns;
    }

    void forEach(Work work) {
        for (long picture = 0; picture < allPictures; picture += pictures) {
            for (long row = 0; row < allRows; row += rows) {
                Strip strip = new Strip(picture, row);
                Scope.run(() -> work.on(strip));
            }
        }
    }

    /** Bᵀ x B of each tile, channel by channel. */
    final class Inputs {
        private final Tensor padded;
        private final Tensor[] paddedLines;
        private final Tensor[] rowLines;
        private final Tensor[] columnLines;
        private final Tensor[] pointLines;
        private final Tensor[] rowSpare;
        private final Tensor[] pointSpare;

        /** @param points [pictures, rows, columns, 6, 6, C], in any order of memory */
        Inputs(Tensor points) {
            long channels = points.size(-1);
            long width = SIDE * columns + 2;
            padded = torch.zeros(pictures, SIDE * rows + 2, width, channels);
            paddedLines = WinogradLines.of(padded.unfold(1, POINTS, SIDE), 4);
            Tensor byRows = torch.empty(POINTS, pictures, rows, width, channels);
            rowLines = WinogradLines.of(byRows, 0);
            rowSpare = WinogradLines.of(torch.empty(2, pictures, rows, width, channels), 0);
            columnLines = WinogradLines.of(byRows.unfold(3, POINTS, SIDE), 5);
            pointLines = WinogradLines.of(points.permute(4, 3, 0, 1, 2, 5), 0);
            pointSpare = WinogradLines.of(torch.empty(2, POINTS, pictures, rows, columns, channels), 0);
        }

        void of(Tensor maps, Strip strip) {
            load(maps, strip);
            WinogradLines.inputs(paddedLines, rowLines, rowSpare);
            WinogradLines.inputs(columnLines, pointLines, pointSpare);
        }

        /** In float32, with a row of pixels more above and below: zeros where the picture ends. */
        private void load(Tensor maps, Strip strip) {
            long above = SIDE * strip.row() - 1;
            long from = Math.max(0, above);
            long to = Math.min(maps.size(1), above + SIDE * rows + 2);
            if (above < 0) {
                padded.select(1, 0).zero_();
            }
            if (to - above < padded.size(1)) {
                padded.select(1, padded.size(1) - 1).zero_();
            }
            padded.narrow(1, from - above, to - from)
                    .narrow(2, 1, maps.size(2))
                    .copy_(maps.narrow(0, strip.picture(), pictures).narrow(1, from, to - from));
        }
    }

    /** Aᵀ m A of each tile, channel by channel. */
    final class Outputs {
        private final Tensor[] rowLines;
        private final Tensor[] columnLines;
        private final Tensor[] pointSpare;
        private final Tensor[] columnSpare;
        private final boolean float32;
        private final Tensor result;

        /** @param maps that it is going to write, in float32 or rounded */
        Outputs(Tensor maps) {
            long channels = maps.size(3);
            float32 = maps.scalar_type().intern() == ScalarType.Float;
            result = float32 ? null : torch.empty(pictures, SIDE * rows, SIDE * columns, channels);
            Tensor byRows = torch.empty(SIDE, pictures, rows, columns, POINTS, channels);
            rowLines = WinogradLines.of(byRows, 0);
            columnLines = WinogradLines.of(byRows, 4);
            pointSpare = WinogradLines.of(torch.empty(SPARE, pictures, rows, columns, POINTS, channels), 0);
            columnSpare = WinogradLines.of(torch.empty(SPARE, SIDE, pictures, rows, columns, channels), 0);
        }

        /**
         * @param points [pictures, rows, columns, 6, 6, C]
         * @param bias [C] to be added, or null
         */
        void of(Tensor points, Tensor bias, Tensor maps, Strip strip) {
            Tensor part = part(maps, strip);
            Tensor exact = float32 ? part : result;
            WinogradLines.outputs(WinogradLines.of(points, 3), rowLines, pointSpare);
            WinogradLines.outputs(columnLines, WinogradLines.of(squares(exact), 4), columnSpare);
            if (bias != null) {
                exact.add_(bias);
            }
            if (!float32) {
                part.copy_(exact);
            }
        }
    }

    /** A dy Aᵀ of each tile, channel by channel. */
    final class Gradients {
        private final Tensor[] rowLines;
        private final Tensor[] columnLines;
        private final Tensor[] pointLines;
        private final Tensor[] rowSpare;
        private final Tensor[] pointSpare;

        /** @param points [pictures, rows, columns, 6, 6, C], in any order of memory */
        Gradients(Tensor points) {
            long channels = points.size(-1);
            Tensor byRows = torch.empty(POINTS, pictures, rows, columns, SIDE, channels);
            rowLines = WinogradLines.of(byRows, 0);
            columnLines = WinogradLines.of(byRows, 4);
            rowSpare = WinogradLines.of(torch.empty(2, pictures, rows, columns, SIDE, channels), 0);
            pointLines = WinogradLines.of(points.permute(4, 3, 0, 1, 2, 5), 0);
            pointSpare = WinogradLines.of(torch.empty(2, POINTS, pictures, rows, columns, channels), 0);
        }

        void of(Tensor maps, Strip strip) {
            Tensor exact = part(maps, strip).to(ScalarType.Float);
            WinogradLines.gradients(WinogradLines.of(squares(exact), 0), rowLines, rowSpare);
            WinogradLines.gradients(columnLines, pointLines, pointSpare);
        }
    }

    /** A strip of [N, H, W, C]. */
    private Tensor part(Tensor maps, Strip strip) {
        return maps.narrow(0, strip.picture(), pictures).narrow(1, SIDE * strip.row(), SIDE * rows);
    }

    /** A strip as [4, pictures, rows, columns, 4, C], the place in the square first and fifth. */
    private Tensor squares(Tensor part) {
        return part.view(pictures, rows, SIDE, columns, SIDE, part.size(3)).permute(2, 0, 1, 3, 4, 5);
    }

    /** The shape of a strip's points. */
    long[] points(long channels) {
        return new long[] {pictures, rows, columns, POINTS, POINTS, channels};
    }

    /** An empty tensor for a strip's points, with all tiles of a point together in memory. */
    Tensor pointsApart(long channels) {
        return torch.empty(POINTS, POINTS, pictures, rows, columns, channels).permute(2, 3, 4, 0, 1, 5);
    }
}
