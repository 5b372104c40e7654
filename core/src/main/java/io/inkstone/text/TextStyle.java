package io.inkstone.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** How a text is prepared before it is cut into pieces: the programs that CLIP's encoding is used by differ in rare letters. */
public enum TextStyle {
    /** transformers (5.24): NFC, white space collapsed, each letter lowered by itself. */
    TRANSFORMERS {
        @Override
        String prepared(String text) {
            String spaced = SPACE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                    .replaceAll(" ");
            StringBuilder lowered = new StringBuilder(spaced.length());
            spaced.codePoints().forEach(c -> {
                if (c == CAPITAL_I_WITH_DOT) {
                    lowered.append("i\u0307"); // the one letter that becomes two
                } else {
                    lowered.appendCodePoint(Character.toLowerCase(c));
                }
            });
            return lowered.toString();
        }
    },
    /**
     * open_clip (3.3): white space as Python has it (the separators 1C to 1F too), the word lowered as a whole, so that a
     * sigma at its end is the final one. Its repair of broken encodings and of HTML is not done here.
     */
    OPEN_CLIP {
        @Override
        String prepared(String text) {
            String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
            return PYTHON_SPACE.matcher(composed).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        }
    };

    private static final int CAPITAL_I_WITH_DOT = 0x130;
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern PYTHON_SPACE = Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final String REST = "'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+";
    private static final Pattern WORDS = Pattern.compile(REST, Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORDS_AND_MARKS =
            Pattern.compile("<\\|startoftext\\|>|<\\|endoftext\\|>|" + REST, Pattern.UNICODE_CHARACTER_CLASS);

    /** NFC, white space collapsed, letters lowered. */
    abstract String prepared(String text);

    /** What a word is in a prepared text. */
    Pattern words() {
        return this == TRANSFORMERS ? WORDS_AND_MARKS : WORDS;
    }
}
