package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Pixels;
import io.inkstone.image.Resize;
import io.inkstone.image.Size;
import java.util.OptionalInt;

/**
 * What is done to every picture so that all have one size: centre crop, then {@link Fit} to height and width (antialiased
 * bilinear), channels. Mirroring is by chance and belongs to {@link BatchPlan}.
 *
 * @param crop side of the first centre crop in pixels of the original, or empty
 * @param height rows of the result
 * @param width columns of the result
 * @param channels 1 (grey, ITU-R 601 luma) or 3
 * @param framing how other shapes are brought to this one, and the colour behind transparent pictures
 */
public record Transform(OptionalInt crop, int height, int width, int channels, Framing framing) {
    public Transform {
        if (height < 1 || width < 1 || (crop.isPresent() && crop.getAsInt() < 1)) {
            throw new InputException(Words.of(
                    "Crop and size are at least 1 pixel, got crop %s and size %s.",
                    crop.isPresent() ? crop.getAsInt() : "none", height == width ? "" + height : width + "×" + height));
        }
        if (channels != 1 && channels != 3) {
            throw new InputException(
                    Words.of("Pictures have 1 (grey) or 3 (RGB) channels, got %d (--set data.channels=3).", channels));
        }
    }

    /** To squares, cropped as usual. */
    public Transform(OptionalInt crop, int side, int channels) {
        this(crop, side, side, channels, Framing.USUAL);
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
            Size size = info.size()
                    .orElseThrow(() -> new InputException(
                            Words.of("The pictures of %s differ in size; say which side to bring", info.name())
                                    + " them to, for example --set data.size=64."));
            length = Math.min(size.width(), size.height());
        }
        return new Transform(made, length, channels.orElse(info.channels()));
    }

    /** The same for pictures of other data: without the crop where they are cropped already. */
    public Transform on(DataInfo info) {
        return info.cropped() ? new Transform(OptionalInt.empty(), height, width, channels, framing) : this;
    }

    /** The same to pictures of another height and width. */
    public Transform to(Size other) {
        return new Transform(crop, other.height(), other.width(), channels, framing);
    }

    /** The same to pictures of 1 or 3 channels. */
    public Transform withChannels(int other) {
        return new Transform(crop, height, width, other, framing);
    }

    /** The same with another way to bring pictures to the shape, and another background. */
    public Transform framed(Framing other) {
        return new Transform(crop, height, width, channels, other);
    }

    /** The side of the squares that are made; for those who know only squares. */
    public int side() {
        if (height != width) {
            throw new InputException(
                    Words.of("Squares were expected, got %d×%d (width × height). Choose one size.", width, height));
        }
        return height;
    }

    /** The transform that changes nothing about pictures of this kind, if they have the shape. */
    public boolean leaves(DataInfo info) {
        boolean sized = info.size()
                .filter(size -> size.width() == width && size.height() == height)
                .isPresent();
        boolean uncut = crop.isEmpty() || (crop.getAsInt() == width && crop.getAsInt() == height);
        return sized && info.channels() == channels && uncut;
    }

    /** The set as it is after this. */
    DataInfo describe(DataInfo before) {
        return before.withShape(new Size(height, width), channels);
    }

    /** The share of the area of a picture of this size that the fit cuts away, in [0, 1); the first crop is wanted and not counted. */
    double lost(int pictureWidth, int pictureHeight) {
        return crop.isPresent()
                ? framing.fit().lost(crop.getAsInt(), crop.getAsInt(), height, width)
                : framing.fit().lost(pictureHeight, pictureWidth, height, width);
    }

    /** Picture {@code index} of a set as [height, width, channels]. */
    Pixels of(PictureSet set, int index) {
        return apply(set.pixels(index, framing.background()), set.entry(index).name());
    }

    /**
     * Makes [height, width, channels] of a picture.
     *
     * @param name for the message if the picture is smaller than the crop
     */
    public Pixels apply(Pixels picture, String name) {
        Pixels pixels = channels == 1 ? picture.toGrey() : picture;
        if (crop.isPresent()) {
            pixels = cropped(pixels, crop.getAsInt(), name);
        }
        if (pixels.width() != width || pixels.height() != height) {
            pixels = framing.fit().apply(pixels, height, width, framing.background());
        }
        return pixels.withChannels(channels);
    }

    private static Pixels cropped(Pixels pixels, int size, String name) {
        if (pixels.width() < size || pixels.height() < size) {
            throw new InputException(Words.of(
                            "%s is %d×%d, smaller than the crop of %d; choose a smaller crop (--set data.crop=%d)",
                            name, pixels.width(), pixels.height(), size, Math.min(pixels.width(), pixels.height()))
                    + " or leave small pictures out (--skip-damaged).");
        }
        return Resize.centreCrop(pixels, size, size);
    }
}
