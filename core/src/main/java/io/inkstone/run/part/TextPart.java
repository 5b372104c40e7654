package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.models.Model;
import io.inkstone.models.captioned.CaptionConditions;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.RunDirectory;
import io.inkstone.text.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What reads the words of a run beside the network that it trains: a tokenizer, in {@code parts/tokenizer} where it is another than
 * the published one, which ships.
 */
public final class TextPart {
    private static final String TOKENIZER = "tokenizer";

    private TextPart() {}

    /** Refuses captions that nobody has. */
    public static void require(Model model, Recipe recipe, DataInfo data) {
        boolean captions = data.captioned() && recipe.data().captions();
        if (!captions && model.conditions() instanceof CaptionConditions) {
            throw new InputException(Words.of(
                    "This recipe learns from captions, and %s has none%s: give pictures with captions, such as a folder with metadata.jsonl or Parquet files with a column text (--data).",
                    data.name(), data.captioned() ? " here (data.captions=false)" : ""));
        }
    }

    /**
     * Gives each of {@code models} that reads captions the tokenizer of its run.
     *
     * @param root of the run; need not exist yet
     * @param data of the recipe, which names a tokenizer for a run that begins
     */
    public static void attach(Path root, DataConfig data, List<Model> models) {
        Optional<ClipTokenizer> shared = Optional.empty();
        for (Model model : models) {
            if (model.conditions() instanceof CaptionConditions conditions) {
                shared = shared.or(() -> tokenizer(root, data));
                shared.ifPresent(conditions::readBy);
            }
        }
    }

    private static Optional<ClipTokenizer> tokenizer(Path root, DataConfig data) {
        Path own = root.resolve(Parts.FOLDER).resolve(TOKENIZER);
        return (Files.isDirectory(own) ? Optional.of(own) : data.vocabulary()).map(ClipTokenizer::open);
    }

    /** Keeps the tokenizer that {@code recipe} names in {@code run}, unless it has one. */
    public static void keep(Model model, Recipe recipe, RunDirectory run) {
        Path own = run.root().resolve(Parts.FOLDER).resolve(TOKENIZER);
        if (!(model.conditions() instanceof CaptionConditions conditions)
                || recipe.data().vocabulary().isEmpty()
                || Files.isDirectory(own)) {
            return;
        }
        try {
            conditions.tokenizer().save(own);
        } catch (IOException failure) {
            throw new InputException(
                    Words.of("The tokenizer cannot be kept in %s: %s", own, RunDirectory.reason(failure)), failure);
        }
    }
}
