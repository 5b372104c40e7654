package io.inkstone.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inkstone.AutoInt;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Transform;
import io.inkstone.models.DataForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code data} group of a recipe.
 *
 * @param source the name of an embedded set, or a path
 * @param size side of the pictures that the model sees; auto takes the data's own
 * @param channels 1 or 3; auto takes the data's own
 * @param classes names of the labels; auto takes the data's own
 * @param crop side of the centre crop before resizing; 0 for none
 * @param flip mirror half of the pictures at random
 * @param captions let the texts of captioned pictures travel with the batches
 * @param tokenizer path of a CLIP vocabulary, for captions that travel as ids too; {@value #NONE} for none
 * @param holdOut share of the pictures that is not trained on, for data that holds out none of its own
 * @param skipDamaged leave out pictures that cannot be read, instead of stopping with their list
 */
public record DataConfig(
        String source,
        AutoInt size,
        AutoInt channels,
        Classes classes,
        int crop,
        boolean flip,
        boolean captions,
        String tokenizer,
        double holdOut,
        boolean skipDamaged) {
    /** No tokenizer. */
    private static final String NONE = "none";

    /** Class names, or {@code auto}. */
    public record Classes(Optional<List<String>> names) {
        public static final Classes AUTO = new Classes(Optional.empty());

        public static Classes of(List<String> names) {
            return new Classes(Optional.of(List.copyOf(names)));
        }

        @JsonCreator
        static Classes parse(Object value) {
            if ("auto".equals(value)) {
                return AUTO;
            }
            if (value instanceof List<?> list) {
                return of(list.stream().map(String::valueOf).toList());
            }
            throw new InputException("expected a list of names or auto, got '" + value + "'");
        }

        @JsonValue
        Object word() {
            return names.isPresent() ? names.get() : "auto";
        }
    }

    public DataConfig {
        if (crop < 0) {
            throw new InputException("data.crop must be 0 (none) or more, got " + crop + ".");
        }
        if (!(holdOut >= 0 && holdOut < 1)) {
            throw new InputException("data.holdOut must be in [0, 1), 0 for none, got " + holdOut + ".");
        }
    }

    /** Everything taken from the data, nothing changed. */
    public static DataConfig of(String source) {
        return new DataConfig(source, AutoInt.AUTO, AutoInt.AUTO, Classes.AUTO, 0, false, true, NONE, 0, false);
    }

    public DataConfig withSource(String other) {
        return new DataConfig(other, size, channels, classes, crop, flip, captions, tokenizer, holdOut, skipDamaged);
    }

    /**
     * The same with pictures prepared as {@code stage} saw them.
     *
     * @param stage resolved
     * @param name of the run that it comes from, for messages
     */
    public DataConfig like(DataConfig stage, String name) {
        DataForm form = stage.form();
        if (size.or(form.side()) != form.side() || channels.or(form.channels()) != form.channels()) {
            throw new InputException(Words.of(
                    "The first stage %s codes pictures of %d×%d with %d channels; the recipe asks for another form. Leave data.size and data.channels out, or train a first stage for it.",
                    name, form.side(), form.side(), form.channels()));
        }
        return new DataConfig(
                source,
                AutoInt.of(form.side()),
                AutoInt.of(form.channels()),
                classes,
                crop == 0 ? stage.crop : crop,
                flip,
                captions,
                tokenizer,
                holdOut,
                skipDamaged);
    }

    /** The same for pictures of another form. */
    public DataConfig withForm(DataForm form) {
        return new DataConfig(
                source,
                AutoInt.of(form.side()),
                AutoInt.of(form.channels()),
                Classes.of(form.classes()),
                crop,
                flip,
                captions,
                tokenizer,
                holdOut,
                skipDamaged);
    }

    /** The same with auto replaced by what {@code info} says. */
    public DataConfig resolved(DataInfo info) {
        return new DataConfig(
                source,
                AutoInt.of(size.or(ownSide(info))),
                AutoInt.of(channels.or(info.channels())),
                Classes.of(classes.names().orElse(info.classes())),
                info.cropped() ? 0 : crop,
                flip,
                captions,
                vocabulary().map(Path::toString).orElse(NONE),
                holdOut,
                skipDamaged);
    }

    /** Where the vocabulary for caption ids lies, from whatever folder a run goes on; empty for none. */
    public Optional<Path> vocabulary() {
        return tokenizer.equals(NONE)
                ? Optional.empty()
                : Optional.of(Path.of(tokenizer).toAbsolutePath().normalize());
    }

    private int ownSide(DataInfo info) {
        if (size.number().isPresent()) {
            return size.number().getAsInt();
        }
        return info.size()
                .filter(side -> side.width() == side.height())
                .map(DataInfo.Side::width)
                .orElseThrow(() -> new InputException(Words.of(
                        "The pictures of %s are %s: say which size the model should see (--set data.size=64).",
                        info.name(),
                        info.size().map(side -> side + ", not square").orElse("of several sizes"))));
    }

    /** What is done to each picture; only of a resolved configuration. */
    public Transform transform() {
        return new Transform(crop == 0 ? OptionalInt.empty() : OptionalInt.of(crop), form().side(), form().channels());
    }

    /** What a network is built for; only of a resolved configuration. */
    public DataForm form() {
        return new DataForm(
                channels.number().orElseThrow(),
                size.number().orElseThrow(),
                classes.names().orElseThrow());
    }
}
