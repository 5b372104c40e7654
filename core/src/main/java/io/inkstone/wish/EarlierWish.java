package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.PngText;
import java.nio.file.Path;
import java.util.List;

/**
 * The wish that a picture was drawn with, to be wished again with changes.
 *
 * @param picture that carries it
 * @param json its keys
 */
record EarlierWish(Path picture, ObjectNode json) {
    /** @throws InputException for a file without such a text */
    static EarlierWish in(Path picture) {
        String text = PngText.read(picture).get(DrawWish.PNG_KEYWORD);
        if (text == null) {
            throw new InputException(
                    Words.of("%s carries no recipe: only PNG files that 'inkstone sample' wrote do.", picture));
        }
        try {
            return new EarlierWish(picture, Fields.parsed(text));
        } catch (InputException broken) {
            throw new InputException(Words.of("The recipe in %s cannot be read.", picture), broken);
        }
    }

    /**
     * With what {@code mine} says instead.
     *
     * @throws InputException for a text of a later version
     */
    DrawWish under(ObjectNode mine) {
        Fields fields = new Fields(merged(mine, json));
        DrawWish wish = DrawWish.read(fields);
        fields.unknown().ifPresent(name -> {
            throw new InputException(Words.of(
                    "The recipe in %s has '%s', which this version does not know: use the one that wrote it.",
                    picture, name));
        });
        return wish;
    }

    /** All keys of both: what {@code mine} says counts, and what that excludes in {@code theirs} no more. */
    static ObjectNode merged(ObjectNode mine, ObjectNode theirs) {
        ObjectNode all = theirs.deepCopy();
        replace(all, mine, List.of("labels", "context", "prompt"), List.of("labels", "context", "prompt"));
        replace(all, mine, List.of("negative", "negativePrompt"), List.of("negative", "negativePrompt"));
        replace(all, mine, List.of("labels", "context"), List.of("promptWeights", "clipSkip"));
        replace(all, mine, List.of("clamp", "threshold"), List.of("clamp", "threshold"));
        // What was started from says how many pictures there are, and their seeds say what is started from.
        replace(all, mine, List.of("noise", "latents"), List.of("noise", "latents", "count"));
        replace(all, mine, List.of("seed", "count"), List.of("noise", "latents"));
        return all.setAll(mine);
    }

    /** Where one of {@code said} is new, none of the {@code old} ones counts any more. */
    private static void replace(ObjectNode theirs, ObjectNode mine, List<String> said, List<String> old) {
        if (said.stream().anyMatch(mine::has)) {
            theirs.remove(old);
        }
    }
}
