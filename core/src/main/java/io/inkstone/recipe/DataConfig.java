package io.inkstone.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.AutoInt;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.Buckets;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Fit;
import io.inkstone.data.Framing;
import io.inkstone.data.HoldOut;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataOptions;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Background;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import io.inkstone.models.DataForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The {@code data} group of a recipe.
 *
 * @param source the name of an embedded set, or a path
 * @param columns where pictures, classes and captions lie in tables
 * @param zipNames how names in a zip are encoded that are not UTF-8; auto takes what the standard says
 * @param size of the pictures that the model sees, a side or WIDTHxHEIGHT; auto takes the data's own
 * @param channels 1 or 3; auto takes the data's own
 * @param classes names of the labels; auto takes the data's own
 * @param crop side of the centre crop before resizing; 0 for none
 * @param fit how pictures of another shape are brought to the size
 * @param bucketAspect how far the shapes of the size's area go that are trained on, each picture brought to the nearest
 * @param background the colour behind transparent pictures and around padded ones: white, black, grey or #rrggbb
 * @param flip mirror half of the pictures at random
 * @param captions let the texts of captioned pictures travel with the batches
 * @param tokenizer path of a CLIP vocabulary, for captions that travel as ids too; {@value #NONE} for none
 * @param holdOut share of the pictures that is not trained on, for data that holds out none of its own
 * @param holdOutBy by what that share is chosen
 * @param skipDamaged leave out pictures that cannot be read, instead of stopping with their list
 */
public record DataConfig(
        String source,
        DataColumns columns,
        String zipNames,
        AutoSize size,
        AutoInt channels,
        ClassNames classes,
        int crop,
        Fit fit,
        BucketAspect bucketAspect,
        String background,
        boolean flip,
        boolean captions,
        String tokenizer,
        double holdOut,
        HoldOutBy holdOutBy,
        boolean skipDamaged) {
    /** No tokenizer. */
    private static final String NONE = "none";

    public DataConfig {
        if (crop < 0) {
            throw new InputException("data.crop must be 0 (none) or more, got " + crop + ".");
        }
        if (!(holdOut >= 0 && holdOut < 1)) {
            throw new InputException("data.holdOut must be in [0, 1), 0 for none, got " + holdOut + ".");
        }
        if (bucketAspect.on() && crop > 0) {
            throw new InputException(
                    "data.bucketAspect keeps pictures of other shapes and data.crop makes squares of all: leave one of them out.");
        }
        Background.of(background);
        ZipNames.encoding(zipNames);
    }

    /** Everything taken from the data, nothing changed. */
    public static DataConfig of(String source) {
        return new DataConfig(
                source,
                DataColumns.AUTO,
                DataColumns.FOUND,
                AutoSize.AUTO,
                AutoInt.AUTO,
                ClassNames.AUTO,
                0,
                Fit.CROP,
                BucketAspect.NONE,
                Background.WHITE.toString(),
                false,
                true,
                NONE,
                0,
                HoldOutBy.AUTO,
                false);
    }

    /** The same with other values of some keys, by their names: a new key is written nowhere but above. */
    private DataConfig with(Map<String, Object> changes) {
        ObjectNode tree = RecipeTree.tree(this);
        tree.setAll(RecipeTree.tree(changes));
        return RecipeTree.record(tree, DataConfig.class, "data.", "The recipe");
    }

    public DataConfig withSource(String other) {
        return with(Map.of("source", other));
    }

    /** The same with the classes under these names. */
    public DataConfig withClasses(List<String> names) {
        return with(Map.of("classes", ClassNames.of(names)));
    }

    /**
     * The same with the choice that {@code run} made of held-out pictures, and with its classes, where nothing is said of
     * them here: whether the data still have those classes is asked when they are read.
     */
    public DataConfig goingOnLike(DataConfig run) {
        return with(Map.of(
                "holdOutBy", holdOutBy == HoldOutBy.AUTO ? run.holdOutBy : holdOutBy,
                "classes", classes.names().isPresent() ? classes : run.classes));
    }

    /**
     * The same with pictures prepared as another run saw them.
     *
     * @param stage its data, resolved
     * @param name of the run that it comes from, for messages
     */
    public DataConfig like(DataConfig stage, String name) {
        DataForm form = stage.form();
        if (!size.size().orElse(form.size()).equals(form.size()) || channels.or(form.channels()) != form.channels()) {
            throw new InputException(Words.of(
                    "%s was trained on pictures of %s with %d channels; the recipe asks for another form. Leave data.size and data.channels out, or train another run for it.",
                    name, form.size(), form.channels()));
        }
        return with(Map.of(
                "size",
                AutoSize.of(form.size()),
                "channels",
                AutoInt.of(form.channels()),
                "crop",
                crop == 0 ? stage.crop : crop,
                "fit",
                fit == Fit.CROP ? stage.fit : fit,
                "background",
                background.equals(Background.WHITE.toString()) ? stage.background : background));
    }

    /** The same of colour pictures of {@code otherwise}, where size and channels are left to the data. */
    public DataConfig orSize(Size otherwise) {
        return with(Map.of("size", AutoSize.of(size.size().orElse(otherwise)), "channels", AutoInt.of(channels.or(3))));
    }

    /** The same for pictures of another form. */
    public DataConfig withForm(DataForm form) {
        return with(Map.of(
                "size", AutoSize.of(form.size()),
                "channels", AutoInt.of(form.channels()),
                "classes", ClassNames.of(form.classes())));
    }

    /** The same with auto replaced by what {@code info} says. */
    public DataConfig resolved(DataInfo info) {
        return with(Map.of(
                "size", AutoSize.of(size.size().orElseGet(() -> own(info))),
                "channels", AutoInt.of(channels.or(info.channels())),
                "classes", ClassNames.of(classes.names().orElse(info.classes())),
                "crop", info.cropped() ? 0 : crop,
                "holdOutBy", holdOutBy.of(source),
                "tokenizer", vocabulary().map(Path::toString).orElse(NONE)));
    }

    /** Where the vocabulary for caption ids lies, from whatever folder a run goes on; empty for none. */
    public Optional<Path> vocabulary() {
        return tokenizer.equals(NONE)
                ? Optional.empty()
                : Optional.of(Path.of(tokenizer).toAbsolutePath().normalize());
    }

    /** Squares only: a network that takes others is asked for by saying which. */
    private static Size own(DataInfo info) {
        return info.size().filter(Size::isSquare).orElseThrow(() -> new InputException(Words.of(
                        "The pictures of %s are %s: say which size the model should see.",
                        info.name(),
                        info.size().map(size -> size + ", not square").orElse("of several sizes")))
                .about("data.size=64"));
    }

    /** What is done to each picture; only of a resolved configuration. */
    public Transform transform() {
        Size made = form().size();
        return new Transform(
                crop == 0 ? OptionalInt.empty() : OptionalInt.of(crop),
                made.height(),
                made.width(),
                form().channels(),
                new Framing(fit, Background.of(background)));
    }

    /**
     * The shapes that are trained on beside the size; empty for the size alone. Only of a resolved configuration.
     *
     * @param taken what the network takes
     */
    public Optional<Buckets> buckets(Supplier<Sizes> taken) {
        return bucketAspect.buckets(form().size(), taken);
    }

    /** What is said about the data that it does not say itself. */
    public DataOptions options() {
        DataOptions found = columns.over(DataOptions.FOUND);
        return ZipNames.encoding(zipNames).map(found::withZipNames).orElse(found);
    }

    /** Opens what the source names. */
    public DataSet open() {
        return open(source);
    }

    /** Opens other data in the way in which the own ones are read. */
    public DataSet open(String other) {
        return DataSource.open(other, options());
    }

    /** Which pictures are not trained on, for data that holds out none of its own. */
    public HoldOut heldOut() {
        return holdOutBy.of(source).share(holdOut);
    }

    /** What a network is built for; only of a resolved configuration. */
    public DataForm form() {
        return new DataForm(
                channels.number().orElseThrow(),
                size.size().orElseThrow(),
                classes.names().orElseThrow());
    }
}
