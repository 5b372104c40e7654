package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.models.Model;
import io.inkstone.models.draw.Contexts;
import io.inkstone.tensor.Shapes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What pictures should show: classes one by one, a mix of classes, rows of an array, words, in so many words none of them;
 * or nothing was said. The ways exclude each other.
 */
public sealed interface Asked
        permits Asked.Nothing, Asked.Without, Asked.Labels, Asked.Prompt, ContextMix, ContextRows {
    /** Nothing was said: a model that knows classes may draw all of them. */
    Asked NOTHING = new Nothing();

    /** In so many words without a class. */
    Asked NONE = new Without();

    /** See {@link #NOTHING}. */
    record Nothing() implements Asked {
        @Override
        public boolean isSaid() {
            return false;
        }
    }

    /** See {@link #NONE}. */
    record Without() implements Asked {
        @Override
        public Optional<String> context() {
            return Optional.of("none");
        }
    }

    /** A class a picture by number or name, {@code 3,0,hat}; a single one serves all. Names with commas stand in quotes. */
    record Labels(String words) implements Asked {
        public Labels {
            ClassWords.list(words);
        }

        @Override
        public OptionalInt number() {
            return OptionalInt.of(ClassWords.list(words).size());
        }

        @Override
        public List<Condition> said(Model model, int count) {
            List<String> classes = model.classes();
            return Contexts.spread(
                    ClassWords.list(words).stream()
                            .map(word -> Condition.oneOf(ClassWords.index(word, classes), classes.size()))
                            .toList(),
                    count,
                    "label");
        }

        @Override
        public void write(ObjectNode json, AskedKeys keys) {
            json.put(keys.labels(), words);
        }
    }

    /**
     * Words for a model that reads them, the same for all.
     *
     * @param reading what its text encoder makes of them
     */
    record Prompt(String text, Condition.Reading reading) implements Asked {
        /** Read as they stand. */
        public Prompt(String text) {
            this(text, Condition.Reading.PLAIN);
        }

        public Prompt {
            if (text.isBlank()) {
                throw new InputException("A prompt without words asks for nothing: leave it out.").about("prompt");
            }
        }

        /** Refused by models that read no words. */
        @Override
        public List<Condition> said(Model model, int count) {
            Condition condition = new Condition.Text(text, reading);
            model.conditions().require(condition);
            return Collections.nCopies(count, condition);
        }

        @Override
        public void write(ObjectNode json, AskedKeys keys) {
            json.put(keys.prompt(), text);
            if (reading.weighted()) {
                json.put(AskedKeys.WEIGHTED, true);
            }
            if (reading.skipped() > 0) {
                json.put(AskedKeys.SKIPPED, reading.skipped());
            }
        }
    }

    /** A class a picture, by its name or number; a single one serves all. */
    static Asked labels(List<String> names) {
        return new Labels(
                String.join(",", names.stream().map(ClassWords::quoted).toList()));
    }

    /** By {@code none}, the name of an {@code .npy} file, or a mix. */
    static Asked context(String words) {
        if (words.equals("none")) {
            return NONE;
        }
        return words.endsWith(".npy") ? new ContextRows(words) : new ContextMix(words);
    }

    /** What guidance leads away from: a context or a prompt, not both. */
    static Asked avoided(Optional<String> negative, Optional<String> negativePrompt) {
        return AskedKeys.AVOIDED.of(Optional.empty(), negative, negativePrompt);
    }

    /** Into a JSON object. */
    default void write(ObjectNode json, AskedKeys keys) {
        context().ifPresent(words -> json.put(keys.context(), words));
    }

    /** The words that {@link #context(String)} reads as this; empty where it is said in another way. */
    default Optional<String> context() {
        return Optional.empty();
    }

    default boolean isSaid() {
        return true;
    }

    /** How many pictures it tells apart; empty where it serves any number. */
    default OptionalInt number() {
        return OptionalInt.empty();
    }

    /** What was said, one a picture; empty for nothing and for none. */
    default List<Condition> said(Model model, int count) {
        return List.of();
    }

    /** As {@link #said}; an error where nothing was said and the model was never shown such a picture. */
    default List<Condition> conditions(Model model, int count) {
        if (!isSaid() && !model.knowsEmptyContext()) {
            throw Unsaid.of(model);
        }
        return said(model, count);
    }

    /** The weights of the classes of one picture, [c]; zeros for none. */
    default float[] row(Model model) {
        int size = model.classes().size();
        float[] row =
                said(model, 1).stream().findFirst().flatMap(Condition::weights).orElseGet(() -> new float[size]);
        Shapes.require("The context of " + context().orElse("a picture"), new long[] {row.length}, size);
        return row;
    }

    /**
     * The conditions along a way from one picture to another. Two classes are those of its ends; between them contexts go
     * in a straight line.
     *
     * @param count pictures of the way, its ends included
     */
    default List<Condition> along(Model model, int count) {
        return new AskedWay(this, count).conditions(model);
    }

    /** Refuses what tells several pictures apart; {@code reason} begins the sentence. */
    default void requireOne(String reason) {
        int given = number().orElse(1);
        if (given != 1) {
            throw new InputException(Words.of("%s: give one class, got %,d.", reason, given))
                    .about("labels", "context");
        }
    }

    /** With the name of a file as it is found from any folder. */
    default Asked absolute() {
        return this;
    }

    /** The files that have to be read. */
    default List<String> files() {
        return List.of();
    }
}
