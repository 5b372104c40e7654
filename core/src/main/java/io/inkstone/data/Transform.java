package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.image.Pixels;
import io.inkstone.image.Resize;
import java.util.OptionalInt;

/**
 * What is done to every picture so that all have one size: centre crop, short side resized (antialiased bilinear), centre
 * crop to a square, channels. Mirroring is by chance and belongs to {@link BatchPlan}.
 *
 * @param crop side of the first centre crop in pixels of the original, or empty
 * @param side width and height of the result
 * @param channels 1 (grey, ITU-R 601 luma) or 3
 */
public record Transform(OptionalInt crop, int side, int channels) {
    public Transform {
        if (side < 1 || (crop.isPresent() && crop.getAsInt() < 1)) {
            throw new InputException("Crop and size are at least 1 pixel, got crop %s and size %d."
                    .formatted(crop.isPresent() ? crop.getAsInt() : "none", side));
        }
        if (channels != 1 && channels != 3) {
            throw new InputException(
                    "Pictures have 1 (grey) or 3 (RGB) channels, got %d (--set data.channels=3).".formatted(channels));
        }
    }

    /**
     * Fills in what is left open from the data: the size that all pictures share (the short side of it), their channels.
     * A crop is not made on data that is cropped already.
     */
    public static Transform fit(DataInfo info, OptionalInt crop, OptionalInt side, OptionalInt channels) {
        OptionalInt made = info.cropped() ? OptionalInt.empty() : crop;
        int length;
        if (side.isPresent()) {
            length = side.getAsInt();
        } else if (made.isPresent()) {
            length = made.getAsInt();
        } else {
            DataInfo.Side size = info.size()
                    .orElseThrow(() -> new InputException(
                            "The pictures of %s differ in size; say which side to bring".formatted(info.name())
                                    + " them to, for example --set data.size=64."));
            length = Math.min(size.width(), size.height());
        }
        return new Transform(made, length, channels.orElse(info.channels()));
    }

    /** The same for pictures of other data: without the crop where they are cropped already. */
    public Transform on(DataInfo info) {
        return info.cropped() ? new Transform(OptionalInt.empty(), side, channels) : this;
    }

    /** The transform that changes nothing about pictures of this kind, if they are square. */
    public boolean leaves(DataInfo info) {
        boolean sized = info.size()
                .filter(size -> size.width() == side && size.height() == side)
                .isPresent();
        return sized && info.channels() == channels && (crop.isEmpty() || crop.getAsInt() == side);
    }

    /**
     * Makes [side, side, channels] of a picture.
     *
     * @param name for the message if the picture is smaller than the crop
     */
    public Pixels apply(Pixels picture, String name) {
        Pixels pixels = channels == 1 ? picture.toGrey() : picture;
        if (crop.isPresent()) {
            pixels = cropped(pixels, crop.getAsInt(), name);
        }
        if (pixels.width() != side || pixels.height() != side) {
            pixels = Resize.centreCrop(Resize.shortSide(pixels, side), side, side);
        }
        return pixels.withChannels(channels);
    }

    private static Pixels cropped(Pixels pixels, int size, String name) {
        if (pixels.width() < size || pixels.height() < size) {
            throw new InputException(
                    "%s is %d×%d, smaller than the crop of %d; choose a smaller crop (--set data.crop=%d)"
                                    .formatted(
                                            name,
                                            pixels.width(),
                                            pixels.height(),
                                            size,
                                            Math.min(pixels.width(), pixels.height()))
                            + " or leave small pictures out (--skip-damaged).");
        }
        return Resize.centreCrop(pixels, size, size);
    }
}
