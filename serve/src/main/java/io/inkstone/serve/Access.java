package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may ask: with a key where there are some; never a page of another site. */
final class Access {
    private static final Set<String> OPEN = Set.of("/healthz", "/readyz");
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private final List<byte[]> keys;

    private Access(List<byte[]> keys) {
        this.keys = keys;
    }

    static Access of(Optional<Path> keyFile) {
        if (keyFile.isEmpty()) {
            return new Access(List.of());
        }
        try (var lines = Files.lines(keyFile.get())) {
            List<byte[]> keys = lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
            if (keys.isEmpty()) {
                throw new InputException(Words.of("%s holds no key: write one a line.", keyFile.get()));
            }
            return new Access(keys);
        } catch (IOException unreadable) {
            throw new InputException(Words.of("The key file %s cannot be read.", keyFile.get()), unreadable);
        }
    }

    /** Refuses whoever may not. */
    void require(Context ctx) {
        requireOwnPage(ctx);
        boolean open = OPEN.contains(ctx.path()) || !isOfApi(ctx.path());
        if (!keys.isEmpty() && !open && !isKnown(key(ctx))) {
            throw new ApiError(ApiError.Kind.NO_KEY, "This server asks for a key: send 'Authorization: Bearer KEY'.");
        }
    }

    private static boolean isOfApi(String path) {
        return path.startsWith("/v1/")
                || path.startsWith("/api/")
                || path.startsWith("/pictures/")
                || path.startsWith("/sdapi/")
                || path.equals("/metrics");
    }

    /**
     * Pictures in a page are asked for without headers: the page's key comes as a cookie then. Clients of the second dialect know
     * a name and a password: the key is the password.
     */
    private static byte[] key(Context ctx) {
        String header = ctx.header("Authorization");
        String key = ctx.cookie("inkstone-key");
        if (header != null && header.startsWith("Bearer ")) {
            key = header.substring(7);
        } else if (header != null && header.startsWith("Basic ")) {
            key = password(header.substring(6).strip());
        }
        return (key == null ? "" : key.strip()).getBytes(StandardCharsets.UTF_8);
    }

    private static String password(String basic) {
        try {
            String both = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            return both.substring(both.indexOf(':') + 1);
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    private boolean isKnown(byte[] key) {
        boolean known = false;
        for (byte[] each : keys) {
            known |= MessageDigest.isEqual(each, key);
        }
        return known;
    }

    /** A page of another site may not drive this one, nor a name that its owner points at this machine. */
    private void requireOwnPage(Context ctx) {
        String host = ctx.host();
        if (keys.isEmpty() && host != null && !HERE.contains(name(host))) {
            throw new ApiError(
                    ApiError.Kind.FORBIDDEN,
                    "This server answers to 127.0.0.1 and localhost only; with --key-file it answers to any name.");
        }
        String origin = ctx.header("Origin");
        if (origin != null && !authority(origin).equalsIgnoreCase(host)) {
            throw new ApiError(ApiError.Kind.FORBIDDEN, "Pages of other sites may not use this server.");
        }
    }

    private static String name(String host) {
        int port = host.lastIndexOf(':');
        return (port > host.lastIndexOf(']') ? host.substring(0, port) : host).toLowerCase(java.util.Locale.ROOT);
    }

    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException none) {
            return "";
        }
    }
}
