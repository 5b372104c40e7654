package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.PictureSet;
import io.inkstone.models.Model;
import io.inkstone.models.captioned.CaptionConditions;
import io.inkstone.models.captioned.GivenText;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.text.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What reads the words of a run beside the network that it trains: a given text encoder in {@code parts/text_encoder}, and a tokenizer,
 * in {@code parts/tokenizer} where it is another than the published one, which ships.
 */
public final class TextPart {
    /** So many pictures, spread over a set, tell whether captions are cut. */
    private static final int LOOKED_AT = 256;

    private TextPart() {}

    /** Refuses captions that nobody has. */
    public static void require(Model model, Recipe recipe, DataInfo data) {
        boolean captions = data.captioned() && recipe.data().captions();
        if (!captions && model.conditions() instanceof CaptionConditions) {
            throw new InputException(Words.of(
                            "This recipe learns from captions, and %s has none%s: give pictures with captions, such as a folder with metadata.jsonl or Parquet files with a column text.",
                            data.name(), data.captioned() ? " here (data.captions=false)" : ""))
                    .about("data");
        }
    }

    /** A sentence about captions whose ends are not read, where some of those that are looked at have such. */
    public static Optional<String> cut(Model model, PictureSet set) {
        if (!(model.conditions() instanceof CaptionConditions conditions)) {
            return Optional.empty();
        }
        List<String> captions = set.spread(LOOKED_AT)
                .boxed()
                .flatMap(index -> set.entry(index).captions().stream())
                .toList();
        long cut = captions.stream().filter(conditions::cuts).count();
        return cut == 0
                ? Optional.empty()
                : Optional.of(Words.of(
                        "%d of %d captions that were looked at have more than %d ids, start and end among them: their ends are not read (model.text.length, at most %d, says otherwise).",
                        cut, captions.size(), conditions.keys().length(), ClipTokenizer.LENGTH));
    }

    /**
     * Gives each of {@code models} that reads captions what its run reads them by: a given encoder, or a tokenizer of its own.
     *
     * @param root of the run; need not exist yet
     * @param data of the recipe, which names a tokenizer for a run that begins
     */
    public static void attach(Path root, DataConfig data, ComputeDevice device, List<Model> models) {
        Path parts = root.resolve(Parts.FOLDER);
        Optional<GivenText> given = Optional.empty();
        Optional<ClipTokenizer> tokenizer = Optional.empty();
        for (Model model : models) {
            if (!(model.conditions() instanceof CaptionConditions conditions)) {
                continue;
            }
            if (conditions.keys().given()) {
                given = given.or(() -> Optional.of(GivenText.open(place(parts, conditions), device)));
                given.ifPresent(conditions::readBy);
            } else {
                tokenizer = tokenizer.or(() -> tokenizer(parts, data));
                tokenizer.ifPresent(conditions::readBy);
            }
        }
    }

    private static Path place(Path parts, CaptionConditions conditions) {
        return Files.isDirectory(parts.resolve(GivenText.ENCODER))
                ? parts
                : Path.of(conditions.keys().from());
    }

    private static Optional<ClipTokenizer> tokenizer(Path parts, DataConfig data) {
        Path own = parts.resolve(GivenText.TOKENIZER);
        return (Files.isDirectory(own) ? Optional.of(own) : data.vocabulary()).map(ClipTokenizer::open);
    }

    /** Keeps in {@code run} what {@code model} reads words by, unless it is there or ships. */
    public static void keep(Model model, Recipe recipe, RunDirectory run) {
        if (!(model.conditions() instanceof CaptionConditions conditions)) {
            return;
        }
        Path parts = run.root().resolve(Parts.FOLDER);
        try {
            if (!Files.isDirectory(parts.resolve(GivenText.TOKENIZER))
                    && (conditions.keys().given() || recipe.data().vocabulary().isPresent())) {
                conditions.tokenizer().save(parts.resolve(GivenText.TOKENIZER));
            }
            if (conditions.keys().given() && !Files.isDirectory(parts.resolve(GivenText.ENCODER))) {
                keepEncoder(Path.of(conditions.keys().from()), run.root());
            }
        } catch (IOException failure) {
            throw new InputException(
                    Words.of("What reads the words cannot be kept in %s: %s", parts, RunDirectory.reason(failure)),
                    failure);
        }
    }

    private static void keepEncoder(Path from, Path root) throws IOException {
        Path own = root.resolve(Parts.FOLDER).resolve(GivenText.ENCODER);
        Files.createDirectories(own);
        try (Stream<Path> files = Files.list(from.resolve(GivenText.ENCODER))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Parts.share(file.toRealPath(), own.resolve(file.getFileName().toString()), root);
            }
        }
        Path weights = GivenText.weights(root.resolve(Parts.FOLDER));
        Parts.of(root)
                .with(new Parts.Part(
                        GivenText.ENCODER,
                        "CLIPTextModel",
                        root.relativize(weights).toString(),
                        SavedRun.hash(weights)))
                .write(root);
    }
}
