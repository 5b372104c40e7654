package io.inkstone.data.source;

import io.inkstone.Choices;
import io.inkstone.data.DataSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The sets inside the jar, so that every recipe runs without a download. The licence lies beside each. */
public enum Embedded {
    /** 4,000 pixel-art portraits, 16×16 RGB, 5 classes. */
    AVATARS("avatars") {
        @Override
        public DataSet open() {
            return EmbeddedAvatars.open();
        }
    },
    /** 8,000 training and 2,000 test pictures of Fashion-MNIST, 28×28 grey, 10 classes, as many of each. */
    FASHION_MNIST("fashion-mnist") {
        @Override
        public DataSet open() {
            return EmbeddedFashion.open(
                    label(),
                    "The embedded part of Fashion-MNIST: 8,000 of 60,000 training and 2,000 of 10,000 test pictures.");
        }
    },
    /** The same as {@link #FASHION_MNIST}: digits may not be shipped, so their recipes run on clothes and say so. */
    MNIST("fashion-mnist") {
        @Override
        public DataSet open() {
            return EmbeddedFashion.open(
                    "mnist (no digits: the clothes of fashion-mnist)",
                    "The embedded part of Fashion-MNIST is used in place of MNIST; fetch the digits with `inkstone data download mnist` and train with those.");
        }
    },
    /** 1,000 drawn faces, 64×64 RGB, 14 attributes and a caption composed from them; already cropped. */
    FACES("faces") {
        @Override
        public DataSet open() {
            return EmbeddedFaces.open();
        }
    };

    private final String folder;

    Embedded(String folder) {
        this.folder = folder;
    }

    public abstract DataSet open();

    /** The name as recipes write it, such as {@code fashion-mnist}. */
    public String label() {
        return Choices.word(this);
    }

    /** The licence text that goes with the pictures. */
    public String licence() {
        return text(folder + "/LICENSE");
    }

    public static Optional<Embedded> named(String name) {
        return Arrays.stream(values()).filter(set -> set.label().equals(name)).findFirst();
    }

    static String text(String resource) {
        try (InputStream in = stream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
