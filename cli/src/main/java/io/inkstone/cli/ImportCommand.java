package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.foreign.MissingShortcut;
import io.inkstone.models.scheduled.PictureFolder;
import io.inkstone.models.stable.StableFamily;
import io.inkstone.models.stable.StableFolder;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.part.PictureImport;
import io.inkstone.run.part.RecipeFit;
import io.inkstone.run.part.StableImport;
import io.inkstone.run.part.WeightImport;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inkstone import WEIGHTS …}. */
@Command(
        name = "import",
        description = "Makes a run directory out of weights that were trained elsewhere. Sizes come from the file,"
                + " everything else from the recipe.",
        footer = {
            "",
            "Examples:",
            "  inkstone import sprites.pth --recipe sprites --missing-shortcut zero --out runs/theirs",
            "  inkstone import path/to/stable-diffusion --recipe stable-diffusion --out runs/sd",
            "  inkstone import path/to/ddpm-folder --out runs/ddpm",
            "  inkstone import path/to/vae-folder --recipe faces-autoencoder --set data.size=512 --out runs/vae"
        })
final class ImportCommand implements Runnable {
    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "WEIGHTS",
            description = "A .safetensors, .pth, .pt, .ckpt or .npz file, or a folder that diffusers has saved.")
    private Path weights;

    @Option(
            names = "--recipe",
            completionCandidates = OptionValues.RecipeNames.class,
            paramLabel = "NAME",
            description = "A shipped recipe or a YAML file; inkstone inspect says which fit. Needed where the file does"
                    + " not say it by its names and sizes.")
    private String recipeName;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "What a file cannot tell, such as model.pool=4, model.output=relu or data.classes=[a,b].")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--missing-shortcut",
            paramLabel = "zero|random",
            description = "What takes the place of a U-Net's init_conv.shortcut if the file lacks it.")
    private MissingShortcut missingShortcut;

    @Option(
            names = "--from-average",
            description = "Takes the averaged weights (ema) of a file that holds them beside the trained ones.")
    private boolean fromAverage;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run directory, new.")
    private Path out;

    @Override
    public void run() {
        Optional<Recipe> named =
                common.said(() -> Optional.ofNullable(recipeName).map(name -> Recipes.load(name, overrides)));
        WeightImport.requireFree(out);
        if (isWhole(named)) {
            stable(named.orElseGet(() -> Recipes.load(StableFamily.NAME, overrides)));
            return;
        }
        WeightImport fitted = fitted(named);
        fitted.weights().notes().forEach(common::say);
        if (!fitted.taken().isEmpty()) {
            common.say("Taken from the file: " + String.join(", ", fitted.taken()));
        }
        RunDirectory run = fitted.save(out, weights.getFileName().toString(), common.device());
        common.print(
                run.root().toString(),
                Map.of(
                        "run", run.root().toString(),
                        "recipe", Recipes.print(fitted.recipe()),
                        "taken", fitted.taken(),
                        "notes", fitted.weights().notes()));
    }

    /** A network, with what the folder of its pipeline says beside it. */
    private WeightImport fitted(Optional<Recipe> named) {
        if (PictureFolder.recognises(weights)) {
            return named.map(recipe -> PictureImport.of(weights, recipe))
                    .orElseGet(() -> PictureImport.of(weights, overrides));
        }
        WeightSet file = read(weights);
        Recipe recipe = named.orElseGet(() -> RecipeFit.only(file, overrides, common::say));
        return WeightImport.of(file, recipe, choices());
    }

    /** A folder of a whole pipeline, or a recipe of such. */
    private boolean isWhole(Optional<Recipe> named) {
        return named.map(recipe -> recipe.system().equals(StableFamily.NAME))
                .orElseGet(() -> StableFolder.recognises(weights) && !PictureFolder.recognises(weights));
    }

    private void stable(Recipe recipe) {
        if (!Files.exists(weights)) {
            throw new InputException(Words.of("There are no weights at %s.", weights));
        }
        try (StableImport given = StableImport.of(weights, recipe, which())) {
            given.source().notes().forEach(common::say);
            RunDirectory run = given.save(out, weights.getFileName().toString(), common.device());
            common.print(
                    run.root().toString(),
                    Map.of(
                            "run", run.root().toString(),
                            "recipe", Recipes.print(given.recipe()),
                            "taken", Recipes.changes(recipe, given.recipe()),
                            "notes", given.source().notes()));
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", weights, failure.getMessage()), failure);
        }
    }

    private NamePrefixes.Which which() {
        return fromAverage ? NamePrefixes.Which.AVERAGE : NamePrefixes.Which.UNSAID;
    }

    private WeightImport.Choices choices() {
        return new WeightImport.Choices(
                Optional.ofNullable(missingShortcut),
                which(),
                overrides.stream()
                        .map(set ->
                                set.substring(0, Math.max(0, set.indexOf('='))).strip())
                        .collect(Collectors.toSet()));
    }

    /** All tensors of a file or folder; every problem a sentence. */
    static WeightSet read(Path path) {
        if (!Files.exists(path)) {
            throw new InputException(Words.of("There are no weights at %s.", path));
        }
        try {
            return WeightFile.read(path);
        } catch (NoSuchFileException gone) {
            throw new InputException(Words.of("There is no %s.", gone.getFile()), gone);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", path, failure.getMessage()), failure);
        }
    }
}
