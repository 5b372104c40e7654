package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataInfo;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.run.part.FirstStageRun;
import io.inkstone.run.part.LoraBase;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Weights that a new run starts from, with the classes that they know: a class goes on under its own name, whatever place
 * it has among those of the new data.
 *
 * @param runOrFile a run directory or a weight file
 */
record StartingWeights(Path runOrFile) {
    /** Gives {@code model} its first values. */
    void fill(Model model) {
        if (LoraBase.isOnly(model, runOrFile)) {
            return; // a part of the run, read with the others
        }
        if (Files.isDirectory(runOrFile)) {
            RunDirectory directory = RunDirectory.existing(runOrFile);
            new ChosenWeights(directory, SavedRun.Weights.EMA).held().fill(model);
            return;
        }
        if (!Files.exists(runOrFile)) {
            throw new InputException(Words.of("There are no weights at %s.", runOrFile));
        }
        Checkpoints.fill(model.network().state(), runOrFile);
    }

    /** {@code asked} with the classes in the order of the weights; refuses data that have others, with both lists. */
    Recipe orderedLikeThem(Recipe asked, DataInfo info) {
        Recipe resolved = FirstStageRun.resolved(asked, info);
        List<String> known = known();
        List<String> wanted = told(resolved);
        if (known.isEmpty() || wanted.isEmpty() || known.equals(wanted)) {
            return asked;
        }
        boolean said = asked.data().classes().names().isPresent();
        Optional<ClassOrder> order = ClassOrder.of(known, wanted);
        if (order.isEmpty() && !said) {
            throw new InputException(Words.of(
                    "%s knows %s, the data %s has %s%s: a class would go on as another one. Give data whose classes have the same names, or say with data.classes by which names they go on, one a class in the order of the data.",
                    runOrFile,
                    ClassOrder.words(known),
                    info.name(),
                    ClassOrder.words(wanted),
                    ClassOrder.difference(known, wanted)));
        }
        return order.isPresent() && ClassOrder.ofNames(known, wanted).isPresent()
                ? asked.with(asked.data().withClasses(known), asked.settings())
                : asked;
    }

    private List<String> known() {
        return recipe().map(StartingWeights::told).orElse(List.of());
    }

    /** The recipe of a run, or the one that travels with our own weights. */
    private Optional<Recipe> recipe() {
        if (Files.isDirectory(runOrFile)) {
            return Optional.of(RunDirectory.existing(runOrFile).recipe());
        }
        if (!Files.exists(runOrFile)) {
            return Optional.empty(); // said where they are read
        }
        try {
            return Optional.ofNullable(WeightFile.read(runOrFile).metadata().get("recipe"))
                    .map(yaml -> Recipes.ofRun(yaml, "the recipe in " + runOrFile.getFileName(), List.of()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static List<String> told(Recipe recipe) {
        if (recipe.data().classes().names().isEmpty()) {
            return List.of();
        }
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.shapesOnly())) {
            return model.classes();
        }
    }
}
