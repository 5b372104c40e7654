package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Listing;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.part.FirstStageRun;
import io.inkstone.tensor.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inkstone describe RECIPE|RUN …}. */
@Command(
        name = "describe",
        description = "Lists the parameters of a network, and the shapes on the way through its blocks.")
final class DescribeCommand implements Runnable {
    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "RECIPE|RUN",
            completionCandidates = OptionValues.RecipeNames.class,
            description = "A shipped recipe, a YAML file or a run directory.")
    private String name;

    @Option(
            names = "--input",
            paramLabel = "NxCxHxW",
            description = "Shape of the input, such as 32x3x28x28; the network is built for its side and channels.")
    private String input;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override a key of the recipe.")
    private List<String> overrides = new ArrayList<>();

    @Override
    public void run() {
        Recipe recipe = recipe();
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.shapesOnly())) {
            long[] shape = input == null ? model.inputShape(1) : shape();
            Listing listing = Listing.of(model, shape);
            common.print(
                    text(listing),
                    Map.of("parameters", listing.parameters(), "total", listing.total(), "blocks", listing.blocks()));
        }
    }

    private Recipe recipe() {
        if (Files.isDirectory(Path.of(name))) {
            if (!overrides.isEmpty()) {
                throw common.wrongUsage(Words.of(
                        "--set changes a recipe; %s is a run, whose network is built already: leave out --set, or name its recipe.",
                        name));
            }
            return RunDirectory.existing(Path.of(name)).recipe();
        }
        Recipe recipe = common.said(() -> Recipes.load(name, all()));
        try (DataSet data = recipe.data().open()) {
            return FirstStageRun.resolved(recipe, data.info());
        }
    }

    /** A recipe's network follows the data's size, so an input of another size is like data of that size. */
    private List<String> all() {
        List<String> all = new ArrayList<>();
        if (input != null && shape().length == 4) {
            all.add("data.channels=" + shape()[1]);
            all.add("data.size=" + shape()[3]);
        }
        all.addAll(overrides);
        return all;
    }

    private long[] shape() {
        try {
            return Arrays.stream(input.split("[x×,]"))
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException wrong) {
            throw new InputException("--input takes sizes such as 32x3x28x28, got '" + input + "'.", wrong);
        }
    }

    private static String text(Listing listing) {
        Table parameters = new Table(Table.Side.LEFT, Table.Side.LEFT, Table.Side.RIGHT);
        listing.parameters().forEach(each -> parameters.row(each.name(), each.shape(), Words.of("%,d", each.count())));
        parameters.row("total", "", Words.of("%,d", listing.total()));
        Table blocks = new Table(Table.Side.LEFT, Table.Side.LEFT);
        listing.blocks().forEach(each -> blocks.row(each.name(), each.input() + " -> " + each.output()));
        return parameters + System.lineSeparator() + blocks.toString().stripTrailing();
    }
}
