package io.inkstone.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At most 256 colours for one picture: its own where they suffice, else the means of boxes that are cut where colours vary
 * most (variance-based cutting, after Heckbert 1982 and Wu 1991). No dithering: it would flicker from frame to frame.
 */
final class Palette {
    static final int MOST_COLOURS = 256;

    private static final int CELLS = 1 << 15;

    private final int[] colours;
    /** Index of each exact colour; empty if colours had to be merged. */
    private final Map<Integer, Integer> exact;
    /** Index of each cell of 8 × 8 × 8 colours, if merged. */
    private final byte[] ofCell;

    private Palette(int[] colours, Map<Integer, Integer> exact, byte[] ofCell) {
        this.colours = colours;
        this.exact = exact;
        this.ofCell = ofCell;
    }

    static Palette of(Pixels picture) {
        Pixels rgb = picture.toRgb();
        Map<Integer, Integer> exact = new HashMap<>();
        for (int at = 0; at < rgb.data().length && exact.size() <= MOST_COLOURS; at += 3) {
            exact.putIfAbsent(colour(rgb, at), exact.size());
        }
        if (exact.size() > MOST_COLOURS) {
            return merged(rgb);
        }
        int[] colours = new int[exact.size()];
        exact.forEach((colour, index) -> colours[index] = colour);
        return new Palette(colours, exact, new byte[0]);
    }

    int[] colours() {
        return colours.clone();
    }

    /** The picture in these colours. */
    BufferedImage indexed(Pixels picture) {
        Pixels rgb = picture.toRgb();
        IndexColorModel model = new IndexColorModel(8, colours.length, colours, 0, false, -1, 0);
        BufferedImage image = new BufferedImage(rgb.width(), rgb.height(), BufferedImage.TYPE_BYTE_INDEXED, model);
        byte[] indices = new byte[rgb.width() * rgb.height()];
        for (int i = 0; i < indices.length; i++) {
            int colour = colour(rgb, i * 3);
            indices[i] =
                    exact.isEmpty() ? ofCell[cell(colour)] : exact.get(colour).byteValue();
        }
        image.getRaster().setDataElements(0, 0, rgb.width(), rgb.height(), indices);
        return image;
    }

    private static int colour(Pixels rgb, int at) {
        byte[] data = rgb.data();
        return (data[at] & 255) << 16 | (data[at + 1] & 255) << 8 | data[at + 2] & 255;
    }

    private static int cell(int colour) {
        return colour >> 9 & 0x7C00 | colour >> 6 & 0x3E0 | colour >> 3 & 31;
    }

    private static Palette merged(Pixels rgb) {
        long[][] sums = new long[CELLS][];
        for (int at = 0; at < rgb.data().length; at += 3) {
            int colour = colour(rgb, at);
            int cell = cell(colour);
            if (sums[cell] == null) {
                sums[cell] = new long[4];
            }
            sums[cell][3]++;
            for (int c = 0; c < 3; c++) {
                sums[cell][c] += colour >> (16 - 8 * c) & 255;
            }
        }
        List<Spot> spots = new ArrayList<>();
        for (int cell = 0; cell < CELLS; cell++) {
            if (sums[cell] != null) {
                spots.add(Spot.of(cell, sums[cell]));
            }
        }
        List<Box> boxes = cut(new Box(spots));
        int[] colours = new int[boxes.size()];
        byte[] ofCell = new byte[CELLS];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = boxes.get(i).meanColour();
            for (Spot spot : boxes.get(i).spots()) {
                ofCell[spot.cell()] = (byte) i;
            }
        }
        return new Palette(colours, Map.of(), ofCell);
    }

    private static List<Box> cut(Box whole) {
        List<Box> boxes = new ArrayList<>(List.of(whole));
        while (boxes.size() < MOST_COLOURS) {
            Box worst = boxes.stream()
                    .filter(box -> box.spots().size() > 1)
                    .max(Comparator.comparingDouble(Box::spread))
                    .orElse(null);
            if (worst == null) {
                break;
            }
            boxes.remove(worst);
            boxes.addAll(worst.halves());
        }
        return boxes;
    }

    /** The colours of one cell: their mean and how many pixels they are. */
    private record Spot(int cell, double[] mean, long pixels) {
        static Spot of(int cell, long[] sums) {
            double n = sums[3];
            return new Spot(cell, new double[] {sums[0] / n, sums[1] / n, sums[2] / n}, sums[3]);
        }
    }

    /** Spots that share one colour of the palette. */
    private static final class Box {
        private final List<Spot> spots;
        private final double[] mean = new double[3];
        private final double[] spread = new double[3];

        Box(List<Spot> spots) {
            this.spots = spots;
            double pixels = spots.stream().mapToDouble(Spot::pixels).sum();
            for (int c = 0; c < 3; c++) {
                for (Spot spot : spots) {
                    mean[c] += spot.mean()[c] * spot.pixels() / pixels;
                }
                for (Spot spot : spots) {
                    spread[c] += Math.pow(spot.mean()[c] - mean[c], 2) * spot.pixels();
                }
            }
        }

        List<Spot> spots() {
            return spots;
        }

        double spread() {
            return spread[0] + spread[1] + spread[2];
        }

        int meanColour() {
            return (int) Math.round(mean[0]) << 16 | (int) Math.round(mean[1]) << 8 | (int) Math.round(mean[2]);
        }

        /** Cut through the mean of the axis that varies most; both halves hold something. */
        List<Box> halves() {
            int axis = spread[0] >= spread[1] && spread[0] >= spread[2] ? 0 : spread[1] >= spread[2] ? 1 : 2;
            List<Spot> sorted = new ArrayList<>(spots);
            sorted.sort(Comparator.comparingDouble(spot -> spot.mean()[axis]));
            int middle = 1;
            while (middle < sorted.size() - 1 && sorted.get(middle).mean()[axis] <= mean[axis]) {
                middle++;
            }
            return List.of(new Box(sorted.subList(0, middle)), new Box(sorted.subList(middle, sorted.size())));
        }
    }
}
