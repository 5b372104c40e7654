package io.inkstone.models.captioned;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.clip.ClipTextShape;
import io.inkstone.text.ClipTokenizer;
import java.nio.file.Path;

/**
 * The recipe keys {@code model.text} of a network that is told captions: its text encoder, trained along or given.
 *
 * @param from folder of a given text encoder of CLIP with its tokenizer, which stays as it is; none for one that is trained along
 * @param width channels of a state; of a given encoder its own
 * @param layers of its transformer
 * @param heads of every attention, which divide the width
 * @param length ids of a text, start and end among them; longer captions are cut
 * @param vocabulary number of ids that it knows
 */
public record TextKeys(String from, int width, int layers, int heads, int length, int vocabulary) {
    /** Small: for captions of a few dozen different words. */
    public static final TextKeys USUAL = new TextKeys("none", 128, 2, 4, ClipTokenizer.LENGTH, ClipTokenizer.END + 1);

    private static final int LEAST_LENGTH = 3;
    private static final int INNER = 4;
    private static final double EPS = 1e-5;

    public TextKeys {
        if (width < 1 || layers < 1 || heads < 1 || width % heads != 0) {
            throw new InputException(Words.of(
                    "model.text: width, layers and heads are 1 or more, and the heads divide the width; got %d, %d and %d.",
                    width, layers, heads));
        }
        if (length < LEAST_LENGTH || length > ClipTokenizer.LENGTH) {
            throw new InputException(Words.of(
                    "model.text.length is %d to %d ids, start and end among them; got %d.",
                    LEAST_LENGTH, ClipTokenizer.LENGTH, length));
        }
        if (vocabulary <= ClipTokenizer.END) {
            throw new InputException(Words.of(
                    "model.text.vocabulary is %,d or more, for the marks of start and end have the ids %,d and %,d; got %,d.",
                    ClipTokenizer.END + 1, ClipTokenizer.START, ClipTokenizer.END, vocabulary));
        }
    }

    /** Whether somebody else's encoder is told by. */
    public boolean given() {
        return !from.equals(USUAL.from);
    }

    /** The same with the width of a given encoder, and its place as it is found from any folder. */
    public TextKeys fitted() {
        if (!given()) {
            return this;
        }
        Path folder = Path.of(from).toAbsolutePath().normalize();
        int found = GivenText.width(folder);
        return new TextKeys(folder.toString(), found, layers, found % heads == 0 ? heads : 1, length, vocabulary);
    }

    /** Of an encoder that is trained along. */
    ClipTextShape shape() {
        return new ClipTextShape(
                vocabulary,
                length,
                width,
                INNER * width,
                layers,
                heads,
                ClipTextShape.Gelu.QUICK,
                EPS,
                new ClipTextShape.End(ClipTokenizer.END));
    }
}
