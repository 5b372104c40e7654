package io.inkstone.image;

/** A picture being drawn, [H, W, 3]; what lies outside is cut off. Colours are {@code 0xRRGGBB}. */
final class Canvas {
    private final int width;
    private final int height;
    private final byte[] rgb;

    Canvas(int width, int height, int background) {
        Pixels picture = Pixels.filled(width, height, background);
        this.width = width;
        this.height = height;
        this.rgb = picture.data();
    }

    /** A copy of what was drawn. */
    Pixels picture() {
        return new Pixels(width, height, 3, rgb.clone());
    }

    void fill(int left, int top, int wide, int high, int colour) {
        for (int y = Math.max(0, top); y < Math.min(height, top + high); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, left + wide); x++) {
                put(x, y, colour);
            }
        }
    }

    void paste(Pixels picture, int left, int top) {
        Pixels colour = picture.toRgb();
        int from = Math.max(0, -left);
        int count = Math.min(width - left, colour.width()) - from;
        for (int y = Math.max(0, -top); y < Math.min(colour.height(), height - top) && count > 0; y++) {
            int source = (y * colour.width() + from) * 3;
            System.arraycopy(colour.data(), source, rgb, ((top + y) * width + left + from) * 3, count * 3);
        }
    }

    void text(String line, int left, int top, int size, int colour) {
        Glyphs.draw(this, line, left, top, size, colour);
    }

    /** An antialiased line: a pixel is covered by as much as its middle lies within half the thickness. */
    void line(double x0, double y0, double x1, double y1, double thickness, int colour) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        boolean steep = Math.abs(dy) > Math.abs(dx);
        double along = steep ? dy : dx;
        double reach = thickness / 2 + 1;
        double slack = reach * 1.5;
        int first = (int) Math.floor(Math.min(steep ? y0 : x0, steep ? y1 : x1) - reach);
        int last = (int) Math.ceil(Math.max(steep ? y0 : x0, steep ? y1 : x1) + reach);
        int limit = steep ? height : width;
        for (int a = Math.max(0, first); a <= Math.min(limit - 1, last); a++) {
            double share = along == 0 ? 0 : clamped((a + 0.5 - (steep ? y0 : x0)) / along);
            double middle = steep ? x0 + share * dx : y0 + share * dy;
            for (int b = (int) Math.floor(middle - slack); b <= (int) Math.ceil(middle + slack); b++) {
                int x = steep ? b : a;
                int y = steep ? a : b;
                double distance = distance(x + 0.5 - x0, y + 0.5 - y0, dx, dy);
                blend(x, y, colour, clamped(thickness / 2 + 0.5 - distance));
            }
        }
    }

    private static double distance(double px, double py, double dx, double dy) {
        double length = dx * dx + dy * dy;
        double share = length == 0 ? 0 : clamped((px * dx + py * dy) / length);
        return Math.hypot(px - share * dx, py - share * dy);
    }

    private static double clamped(double share) {
        return Math.min(Math.max(share, 0), 1);
    }

    private void blend(int x, int y, int colour, double share) {
        if (share <= 0 || x < 0 || y < 0 || x >= width || y >= height) {
            return;
        }
        int at = (y * width + x) * 3;
        for (int c = 0; c < 3; c++) {
            int level = colour >> (16 - 8 * c) & 255;
            int below = rgb[at + c] & 255;
            rgb[at + c] = (byte) Math.round(below + (level - below) * share);
        }
    }

    private void put(int x, int y, int colour) {
        int at = (y * width + x) * 3;
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
    }
}
