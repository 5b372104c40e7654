package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.recipe.Recipes;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code inkstone recipes}. */
@Command(name = "recipes", description = "Lists the recipes that ship.")
final class RecipesCommand implements Runnable {
    @Mixin
    private Common common;

    @Override
    public void run() {
        Map<String, String> all = Recipes.shipped();
        int width = all.keySet().stream().mapToInt(String::length).max().orElse(0);
        String text = all.entrySet().stream()
                .map(entry -> Words.of("%-" + width + "s  %s", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
        common.print(text, all);
    }
}
