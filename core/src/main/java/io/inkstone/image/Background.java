package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The colour behind transparent pictures and around those that are padded.
 *
 * @param colour {@code 0xRRGGBB} in sRGB
 */
public record Background(int colour) {
    /** What is used unless something else is asked for. */
    public static final Background WHITE = new Background(0xFFFFFF);

    private static final Map<String, Integer> NAMES =
            Map.of("white", 0xFFFFFF, "black", 0x000000, "grey", 0x808080, "gray", 0x808080);

    public Background {
        if (colour < 0 || colour > 0xFFFFFF) {
            throw new InputException(Words.of("A background is a colour 0xRRGGBB, got 0x%x.", colour));
        }
    }

    /** From {@code white}, {@code black}, {@code grey} or {@code #rrggbb}. */
    public static Background of(String words) {
        String word = words.strip().toLowerCase(Locale.ROOT);
        if (NAMES.containsKey(word)) {
            return new Background(NAMES.get(word));
        }
        if (word.matches("#[0-9a-f]{6}")) {
            return new Background(HexFormat.fromHexDigits(word.substring(1)));
        }
        throw new InputException(
                Words.of("A background is white, black, grey or a colour such as #ff8000, got \"%s\".", words));
    }

    /** The level of red (0), green (1) or blue (2), 0..255. */
    int level(int channel) {
        return colour >> (16 - 8 * channel) & 255;
    }

    /** A level of the picture, as much as its opacity (0..255) lets be seen, over this colour. */
    byte under(int level, int opacity, int channel) {
        return (byte) ((level * opacity + level(channel) * (255 - opacity) + 127) / 255);
    }

    /**
     * A plain picture of this colour with another one on it, its upper left corner at ({@code left}, {@code top}); what lies
     * outside is cut off. A grey picture stays grey where the colour is.
     */
    public Pixels around(Pixels picture, int left, int top, int width, int height) {
        Canvas canvas = new Canvas(width, height, colour);
        canvas.paste(picture, left, top);
        boolean grey = picture.channels() == 1 && level(0) == level(1) && level(0) == level(2);
        return canvas.picture().withChannels(grey ? 1 : 3);
    }

    /** A name or {@code #rrggbb}, as {@link #of} reads it. */
    @Override
    public String toString() {
        return switch (colour) {
            case 0xFFFFFF -> "white";
            case 0 -> "black";
            case 0x808080 -> "grey";
            default -> "#" + HexFormat.of().toHexDigits(colour, 6);
        };
    }
}
