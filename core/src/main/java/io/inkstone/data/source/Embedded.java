package io.inkstone.data.source;

import io.inkstone.data.DataSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sets inside the jar, so that every recipe runs without a download. The licence lies beside each. */
public enum Embedded {
    /** 4,000 pixel-art portraits, 16×16 RGB, 5 classes. */
    AVATARS {
        @Override
        public DataSet open() {
            return DataSet.of(EmbeddedAvatars.open());
        }
    };

    public abstract DataSet open();

    /** The name as recipes write it, such as {@code avatars}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The licence text that goes with the pictures. */
    public String licence() {
        return new String(bytes(label() + "/LICENSE"), java.nio.charset.StandardCharsets.UTF_8);
    }

    public static Optional<Embedded> named(String name) {
        return Arrays.stream(values()).filter(set -> set.label().equals(name)).findFirst();
    }

    /** All names, for messages. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Embedded::label).toList();
    }

    static byte[] bytes(String resource) {
        try (InputStream in = stream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream stream(String resource) {
        String path = "/io/inkstone/data/" + resource;
        InputStream in = Embedded.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException("The jar is incomplete: it lacks " + path);
        }
        return in;
    }
}
