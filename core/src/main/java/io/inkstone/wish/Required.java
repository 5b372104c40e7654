package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.List;

/** Keys without which a wish is none, and lists of texts. */
final class Required {
    private Required() {}

    static double number(Fields fields, String key) {
        return fields.number(key).orElseThrow(() -> missing(key));
    }

    static int whole(Fields fields, String key) {
        return fields.whole(key).orElseThrow(() -> missing(key));
    }

    static String words(Fields fields, String key) {
        return fields.words(key).orElseThrow(() -> missing(key));
    }

    private static InputException missing(String key) {
        return new InputException(Words.of("This wish needs the key %s.", key)).about(key);
    }

    /** Refuses a number that is too small. */
    static void atLeast(int least, String key, int number) {
        if (number < least) {
            throw new InputException(Words.of("%s must be %d or more, got %d.", key, least, number)).about(key);
        }
    }

    static void write(ObjectNode json, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode list = json.putArray(key);
            texts.forEach(list::add);
        }
    }
}
