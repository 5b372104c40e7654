package io.inkstone.cli;

import io.inkstone.recipe.Recipes;
import java.util.Map;
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
        Table table = new Table(Table.Side.LEFT, Table.Side.LEFT);
        all.forEach(table::row);
        common.print(table.toString().stripTrailing(), all);
    }
}
