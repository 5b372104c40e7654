package io.inkstone.cli;

import io.inkstone.Words;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Numbers on a line; another word is wrong usage, said in a person's terms.
 *
 * @param reading a word as such a number
 * @param expected what is said where it is none
 */
record NumberWords<T>(Function<String, T> reading, String expected) implements ITypeConverter<T> {
    /** For {@code line} and all commands below it. */
    static void understoodBy(CommandLine line) {
        String whole = "a whole number such as 4 was expected";
        String any = "a number such as 0.5 was expected";
        new NumberWords<>(Integer::valueOf, whole).of(line, int.class, Integer.class);
        new NumberWords<>(Long::valueOf, whole).of(line, long.class, Long.class);
        new NumberWords<>(Float::valueOf, any).of(line, float.class, Float.class);
        new NumberWords<>(Double::valueOf, any).of(line, double.class, Double.class);
    }

    private void of(CommandLine line, Class<T> plain, Class<T> boxed) {
        line.registerConverter(plain, this);
        line.registerConverter(boxed, this);
    }

    @Override
    public T convert(String word) {
        try {
            return reading.apply(word.strip());
        } catch (NumberFormatException noNumber) {
            throw new TypeConversionException(Words.of(
                    "%s, got '%s'%s.", expected, word, word.matches("-?\\d{10,}") ? ", which is too large" : ""));
        }
    }
}
