package io.inkstone.image;

import java.io.IOException;
import java.util.Arrays;

/**
 * What is needed from a JPEG before its pixels are decoded.
 *
 * @param components 1 grey, 3 colour, 4 CMYK
 * @param adobe whether an Adobe segment is there; its CMYK is stored inverted
 * @param lumaChroma whether the first three components are Y, Cb, Cr
 */
record JpegHeader(int width, int height, int components, boolean adobe, boolean lumaChroma, Orientation orientation) {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;

    static boolean isJpeg(byte[] bytes) {
        return bytes.length >= 3 && (bytes[0] & 255) == 0xFF && (bytes[1] & 255) == 0xD8 && (bytes[2] & 255) == 0xFF;
    }

    static JpegHeader of(byte[] bytes) throws IOException {
        return new Scan(bytes).read();
    }

    private static final class Scan {
        private final byte[] bytes;
        private int frame = -1;
        private boolean jfif;
        private int transform = -1;
        private Orientation orientation = Orientation.UPRIGHT;

        Scan(byte[] bytes) {
            this.bytes = bytes;
        }

        JpegHeader read() throws IOException {
            int at = 2;
            while (true) {
                at = nextMarker(at);
                int marker = bytes[at] & 255;
                if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                    checkEnd(at);
                    return header();
                }
                at++;
                if (marker >= 0xD0 && marker <= 0xD8 || marker == 1) {
                    continue;
                }
                int length = two(at);
                if (length < 2 || length > bytes.length - at) {
                    throw new IOException("the header is cut off");
                }
                segment(marker, at + 2, length - 2);
                at += length;
            }
        }

        /** The decoder does not notice a file that is cut off between two scans or at the end of a row of blocks. */
        private void checkEnd(int from) throws IOException {
            for (int i = bytes.length - 1; i >= from; i--) {
                if ((bytes[i] & 255) == END_OF_IMAGE && (bytes[i - 1] & 255) == 0xFF) {
                    return;
                }
            }
            throw new IOException("the file is cut off: its end is missing");
        }

        /** The position after the next 0xFF bytes. */
        private int nextMarker(int at) throws IOException {
            while (at < bytes.length && (bytes[at] & 255) != 0xFF) {
                at++;
            }
            while (at < bytes.length && (bytes[at] & 255) == 0xFF) {
                at++;
            }
            if (at >= bytes.length) {
                throw new IOException("the header is cut off");
            }
            return at;
        }

        private void segment(int marker, int at, int length) {
            boolean frameHeader =
                    marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frameHeader && frame < 0 && length >= 6 && length >= 6 + 3 * (bytes[at + 5] & 255)) {
                frame = at;
            } else if (marker == APP0 && startsWith(at, length, "JFIF\0")) {
                jfif = true;
            } else if (marker == APP1 && startsWith(at, length, "Exif\0\0")) {
                orientation = Exif.orientation(Arrays.copyOfRange(bytes, at + 6, at + length));
            } else if (marker == APP14 && length >= 12 && startsWith(at, length, "Adobe")) {
                transform = bytes[at + 11] & 255;
            }
        }

        private JpegHeader header() throws IOException {
            if (frame < 0) {
                throw new IOException("no frame header before the first scan");
            }
            int components = bytes[frame + 5] & 255;
            boolean lumaChroma = components == 3 ? isLumaChroma() : transform == 2;
            return new JpegHeader(two(frame + 3), two(frame + 1), components, transform >= 0, lumaChroma, orientation);
        }

        /** The customary order of trust: JFIF is always Y, Cb, Cr; Adobe says; else the ids 'R', 'G', 'B' tell. */
        private boolean isLumaChroma() {
            if (jfif || transform >= 0) {
                return jfif || transform != 0;
            }
            return !(bytes[frame + 6] == 'R' && bytes[frame + 9] == 'G' && bytes[frame + 12] == 'B');
        }

        private boolean startsWith(int at, int length, String ascii) {
            if (length < ascii.length()) {
                return false;
            }
            for (int i = 0; i < ascii.length(); i++) {
                if (bytes[at + i] != ascii.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private int two(int at) throws IOException {
            if (at + 2 > bytes.length) {
                throw new IOException("the header is cut off");
            }
            return (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
        }
    }
}
