package io.inkstone.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Height and width in pixels. In words the width comes first, as everywhere: {@code 512x768} is 512 wide and 768 high, and a
 * single number is a square.
 *
 * @param height rows, 1 or more
 * @param width columns, 1 or more
 */
public record Size(int height, int width) {
    private static final Pattern WORDS = Pattern.compile("(\\d{1,6})(?:[x×](\\d{1,6}))?");

    public Size {
        if (height < 1 || width < 1) {
            throw new InputException("A size is at least 1 pixel wide and high, got " + width + "×" + height + ".");
        }
    }

    public static Size square(int side) {
        return new Size(side, side);
    }

    /** {@code 64} or {@code 512x768}, a number or words. */
    @JsonCreator
    public static Size parse(Object value) {
        Matcher words = WORDS.matcher(String.valueOf(value).strip());
        if (!words.matches()) {
            throw new InputException(
                    "expected a size such as 64, or WIDTHxHEIGHT such as 512x768, got '" + value + "'");
        }
        int width = Integer.parseInt(words.group(1));
        return new Size(words.group(2) == null ? width : Integer.parseInt(words.group(2)), width);
    }

    /** {@code 512x768}, as {@link #parse} reads it, of squares too. */
    public String words() {
        return width + "x" + height;
    }

    public boolean isSquare() {
        return height == width;
    }

    /** Height and width of a square. */
    public int side() {
        if (!isSquare()) {
            throw new InputException(
                    Words.of("Squares were expected, got %s (width × height). Choose one size for both.", this));
        }
        return height;
    }

    /** Pixels. */
    public long area() {
        return (long) height * width;
    }

    /** Whether both are multiples of {@code step}. */
    public boolean divides(int step) {
        return height % step == 0 && width % step == 0;
    }

    /** The same, each of the two divided; what is left over is dropped. */
    public Size dividedBy(int by) {
        return new Size(height / by, width / by);
    }

    /** The same, each of the two {@code by} times as large. */
    public Size times(int by) {
        return new Size(height * by, width * by);
    }

    /** The nearest size whose height and width are multiples of {@code step}; rounded up at the middle. */
    public Size nearest(int step) {
        return new Size(nearest(height, step), nearest(width, step));
    }

    private static int nearest(int pixels, int step) {
        return Math.max(step, (pixels + step / 2) / step * step);
    }

    /** As recipes and commands have it: {@code 64} or {@code 512x768}. */
    @JsonValue
    public Object word() {
        return isSquare() ? (Object) height : words();
    }

    @Override
    public String toString() {
        return width + "×" + height;
    }
}
