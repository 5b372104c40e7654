package io.inkstone.array;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names content by its SHA-256, in hexadecimal. */
public final class Sha256 {
    private static final long PART = 1L << 28;

    private Sha256() {}

    public static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /** Of all bytes of an open file, whatever becomes of its name. */
    public static String of(MappedFile file) throws IOException {
        MessageDigest digest = digest();
        for (long from = 0; from < file.size(); from += PART) {
            digest.update(file.slice(from, Math.min(PART, file.size() - from)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of everything that is left in the stream. */
    public static String of(InputStream in) throws IOException {
        MessageDigest digest = digest();
        new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
