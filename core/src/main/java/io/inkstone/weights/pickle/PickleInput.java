package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle with their primitive values; every length is checked against what is left. */
final class PickleInput {
    private static final int MAX_LINE = 1 << 16;
    private static final int MAX_DIGITS = 1000;

    private final ByteBuffer bytes;
    private final String file;

    PickleInput(ByteBuffer bytes, String file) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.file = file;
    }

    int position() {
        return bytes.position();
    }

    int uint8() {
        need(1);
        return bytes.get() & 0xFF;
    }

    int uint16() {
        need(2);
        return bytes.getShort() & 0xFFFF;
    }

    int int32() {
        need(4);
        return bytes.getInt();
    }

    long uint32() {
        return int32() & 0xFFFFFFFFL;
    }

    long int64() {
        need(8);
        return bytes.getLong();
    }

    /** The one number that pickle stores with its highest byte first. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(int64()));
    }

    byte[] bytes(long length) {
        need(length);
        byte[] value = new byte[(int) length];
        bytes.get(value);
        return value;
    }

    String text(long length) {
        need(length);
        ByteBuffer part = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException e) {
            // Python lets lone surrogates through; they are no names of ours
            return StandardCharsets.UTF_8.decode(part.rewind()).toString();
        }
    }

    /** Text up to the end of the line, as protocol 0 stores names and numbers. */
    String line() {
        int start = bytes.position();
        for (int at = start; at < bytes.limit() && at - start < MAX_LINE; at++) {
            if (bytes.get(at) == '\n') {
                String line = text(at - start);
                bytes.get();
                return line;
            }
        }
        throw damaged("a line has no end");
    }

    /** A little-endian two's complement number of {@code length} bytes. */
    BigInteger whole(long length) {
        if (length > MAX_DIGITS) {
            throw damaged("a number has " + length + " bytes");
        }
        byte[] value = bytes(length);
        for (int i = 0, j = value.length - 1; i < j; i++, j--) {
            byte swap = value[i];
            value[i] = value[j];
            value[j] = swap;
        }
        return value.length == 0 ? BigInteger.ZERO : new BigInteger(value);
    }

    BigInteger decimal(String text) {
        String digits = text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
        try {
            if (digits.length() <= MAX_DIGITS) {
                return new BigInteger(digits);
            }
        } catch (NumberFormatException e) {
            throw damaged("'" + (digits.length() > 40 ? digits.substring(0, 40) : digits) + "' is no number");
        }
        throw damaged("a number has " + digits.length() + " digits");
    }

    private void need(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw damaged("it is cut short: " + length + " bytes were expected, " + bytes.remaining() + " are left");
        }
    }

    InputException damaged(String why) {
        return new InputException(Words.of("%s holds a damaged pickle (at byte %d): %s.", file, bytes.position(), why));
    }
}
