package io.inkstone.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the keys of recipes mean, read from the tables of the page that documents them: the form in the browser and the page
 * cannot say different things.
 */
final class KeyWords {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\([^)]*\\)");
    private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");
    private static final String EVERY = "";
    private static final Set<List<String>> OF_EVERY =
            Set.of(List.of("key", "meaning", "range", "default"), List.of("键", "含义", "范围", "默认"));
    private static final Set<List<String>> OF_SYSTEMS =
            Set.of(List.of("system", "key", "meaning", "default"), List.of("系统", "键", "含义", "默认"));

    /** Systems whose keys are said to be those of another one. */
    private static final Map<String, String> LIKE =
            Map.of("latent-diffusion", "diffusion", "stable-diffusion", "diffusion");

    private static final List<String> OF_RECIPES = List.of("配方", "说明");

    private final Map<String, Meaning> meanings = new HashMap<>();
    private final Map<String, String> recipes = new HashMap<>();

    /** @param range as people read it; empty where every value of its kind is meant */
    record Meaning(String text, String range) {}

    private KeyWords(List<String> lines) {
        List<String> columns = List.of();
        String system = EVERY;
        for (String line : lines) {
            if (!line.startsWith("|")) {
                columns = List.of();
                continue;
            }
            List<String> cells = Arrays.stream(CELL.split(line.substring(1, line.lastIndexOf('|'))))
                    .map(String::strip)
                    .toList();
            if (columns.isEmpty()) {
                columns = cells;
                system = EVERY;
            } else if (OF_EVERY.contains(columns) && cells.size() == 4) {
                put(EVERY, cells.get(0), new Meaning(plain(cells.get(1)), plain(cells.get(2))));
            } else if (columns.equals(OF_RECIPES) && cells.size() == 2) {
                recipes.put(plain(cells.get(0)), plain(cells.get(1)));
            } else if (OF_SYSTEMS.contains(columns) && cells.size() == 4) {
                system = cells.get(0).isEmpty() ? system : plain(cells.get(0));
                put(system, cells.get(1), new Meaning(plain(cells.get(2)), ""));
            }
        }
    }

    /** As the documentation that was built with this server says. */
    static KeyWords english() {
        return read("recipes.md");
    }

    static KeyWords chinese() {
        return read("zh-CN/recipes.md");
    }

    private static KeyWords read(String name) {
        try (InputStream page = KeyWords.class.getResourceAsStream(name)) {
            if (page == null) {
                return new KeyWords(List.of()); // built without its documentation
            }
            return new KeyWords(new String(page.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@code data.columns.image}, {@code .label}: the second one is beside the first. */
    private void put(String system, String names, Meaning meaning) {
        Matcher name = NAME.matcher(names);
        String before = "";
        while (name.find()) {
            String key = name.group(1);
            if (key.startsWith(".")) {
                key = before.substring(0, before.lastIndexOf('.')) + key;
            }
            meanings.put(system + "/" + key, meaning);
            before = key;
        }
    }

    private static String plain(String markdown) {
        return LINK.matcher(markdown).replaceAll("$1").replace("`", "").replace("\\|", "|");
    }

    /** What a shipped recipe is, where this page has words of its own for it. */
    Optional<String> ofRecipe(String name) {
        return Optional.ofNullable(recipes.get(name));
    }

    /** What a key means in recipes of a system; empty where the page does not know it. */
    Optional<Meaning> of(String system, String key) {
        for (String each : List.of(system, LIKE.getOrDefault(system, system), EVERY)) {
            Meaning meaning = meanings.get(each + "/" + key);
            if (meaning != null) {
                return Optional.of(meaning);
            }
        }
        return Optional.empty();
    }
}
