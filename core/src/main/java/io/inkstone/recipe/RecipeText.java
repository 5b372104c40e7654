package io.inkstone.recipe;

import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a recipe says, and where that stands.
 *
 * @param name what messages call it: the name of one that ships, or the path of a file
 * @param yaml its text
 * @param file where it lies; empty for one that ships and for a text alone
 */
public record RecipeText(String name, String yaml, Optional<Path> file) {
    private static final String FOLDER = "/io/inkstone/recipes/";

    /** Names and descriptions of those that ship, in teaching order. */
    static Map<String, String> shipped() {
        Map<String, String> all = new LinkedHashMap<>();
        RecipeTree.parse(resource("index.yaml"), "index.yaml")
                .properties()
                .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        return all;
    }

    /** A shipped recipe by its name, or a file by its path. */
    public static RecipeText of(String nameOrFile) {
        if (shipped().containsKey(nameOrFile)) {
            return ofShipped(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InputException(Words.of(
                    "There is no recipe '%s', and no file of that name.%s See: inkstone recipes.",
                    nameOrFile, nearest(nameOrFile)));
        }
        return new RecipeText(nameOrFile, read(file), Optional.of(file.normalize()));
    }

    /**
     * The recipe that this one builds on.
     *
     * @param from name of a shipped recipe, or, where this one is a file, the path of another, relative to it
     */
    RecipeText base(String from) {
        if (shipped().containsKey(from)) {
            return ofShipped(from);
        }
        Optional<Path> beside = file.map(own -> own.resolveSibling(from).normalize());
        if (beside.filter(Files::isRegularFile).isPresent()) {
            return new RecipeText(beside.get().toString(), read(beside.get()), beside);
        }
        if (!from.matches(".*([/\\\\]|\\.ya?ml$).*")) {
            throw new InputException(Words.of(
                    "%s: there is no recipe '%s' to build on%s.%s See: inkstone recipes.",
                    name, from, beside.isPresent() ? ", and no file of that name beside it" : "", nearest(from)));
        }
        throw new InputException(beside.map(place -> Words.of(
                        "%s: there is no file %s. A path after 'from' is relative to the file that says it.",
                        name, place))
                .orElse(Words.of(
                        "%s: 'from' must name a shipped recipe, got the path '%s', and only a file can name another. See: inkstone recipes.",
                        name, from)));
    }

    /** Whether both are one recipe, whatever path led there. */
    boolean is(RecipeText other) {
        return file.equals(other.file) && yaml.equals(other.yaml);
    }

    private static RecipeText ofShipped(String name) {
        return new RecipeText(name, resource(name + ".yaml"), Optional.empty());
    }

    private static String nearest(String name) {
        return NearestName.suggestion(name, shipped().keySet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    private static String resource(String name) {
        try (InputStream in = RecipeText.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("The recipe " + name + " is listed but does not ship.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
