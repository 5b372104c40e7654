package io.inkstone.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A printable character for each byte, so that words of any bytes can be written in a text file. */
final class ByteSymbols {
    private static final char[] ORDER = new char[256];
    private static final char[] OF_BYTE = new char[256];

    static {
        int next = 0;
        // Printable Latin-1 characters stand for themselves and come first; the others are moved behind 255 in order.
        for (int b = 0; b < 256; b++) {
            if (isPrintable(b)) {
                OF_BYTE[b] = (char) b;
                ORDER[next++] = (char) b;
            }
        }
        char moved = 256;
        for (int b = 0; b < 256; b++) {
            if (!isPrintable(b)) {
                OF_BYTE[b] = moved;
                ORDER[next++] = moved++;
            }
        }
    }

    private static final Map<Character, Integer> TO_BYTE =
            IntStream.range(0, 256).boxed().collect(Collectors.toMap(b -> OF_BYTE[b], b -> b));

    private ByteSymbols() {}

    private static boolean isPrintable(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
    }

    /** The 256 characters in the order of the vocabulary. */
    static char[] inOrder() {
        return ORDER.clone();
    }

    static char of(byte b) {
        return OF_BYTE[b & 0xFF];
    }

    /** The text that symbols stand for; broken UTF-8 becomes the replacement character. */
    static String text(CharSequence symbols) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        symbols.chars().forEach(symbol -> {
            int found = symbol == ' ' ? ' ' : TO_BYTE.getOrDefault((char) symbol, (int) '?');
            bytes.write(found);
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
