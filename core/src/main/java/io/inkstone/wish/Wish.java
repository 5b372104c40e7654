package io.inkstone.wish;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What somebody wants of a run. Jackson reads and writes it, in a bean of yours too. */
public sealed interface Wish
        permits DrawWish,
                RedrawWish,
                AttributeWish,
                InpaintWish,
                VaryWish,
                InterpolateWish,
                WalkWish,
                EncodeWish,
                DecodeWish,
                ReconstructWish {
    /** The kinds by the words of commands and of the key {@code command}. */
    enum Kind {
        SAMPLE(DrawWish::read),
        EDIT(fields -> fields.has("add") ? AttributeWish.read(fields) : RedrawWish.read(fields)),
        INPAINT(InpaintWish::read),
        VARIATIONS(VaryWish::read),
        INTERPOLATE(InterpolateWish::read),
        WALK(WalkWish::read),
        ENCODE(EncodeWish::read),
        DECODE(DecodeWish::read),
        RECONSTRUCT(ReconstructWish::read);

        private final Function<Fields, Wish> reading;

        Kind(Function<Fields, Wish> reading) {
            this.reading = reading;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind();

    /** Every key that was said but {@code command}; read again it is an equal wish. */
    void write(ObjectNode json);

    /** The files that carrying it out reads: a server that does not trust its callers refuses wishes that name some. */
    List<String> files();

    /** One JSON object: {@code command}, then what was said. */
    @JsonValue
    default ObjectNode json() {
        ObjectNode json = Fields.empty();
        json.put("command", kind().word());
        write(json);
        return json;
    }

    /**
     * From a JSON object; without the key {@code command} it asks for drawing. Keys that the kind does not have are errors.
     *
     * @throws InputException that names the key
     */
    @JsonCreator
    static Wish of(ObjectNode json) {
        Fields fields = new Fields(json);
        Wish wish = read(fields);
        fields.requireKnown();
        return wish;
    }

    /** From a text that is a JSON object. */
    static Wish of(String json) {
        return of(Fields.parsed(json));
    }

    /** As {@link #of(ObjectNode)}, with keys that nobody knows left in {@code fields}. */
    static Wish read(Fields fields) {
        Kind kind = fields.choice("command", Kind.class).orElse(Kind.SAMPLE);
        if (kind != Kind.SAMPLE) {
            Source.read(fields); // in the texts of pictures
        }
        return kind.reading.apply(fields);
    }
}
