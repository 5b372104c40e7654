package io.inkstone.wish;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.models.Model;
import io.inkstone.models.draw.Contexts;
import io.inkstone.models.draw.Interpolation;
import java.util.List;

/**
 * What the pictures along a way from one to another should show.
 *
 * @param asked one for all, two for the ends, or one a picture
 * @param count pictures of the way, its ends included
 */
record AskedWay(Asked asked, int count) {
    AskedWay {
        int given = asked.number().orElse(1);
        if (given > 2 && given != count) {
            throw new InputException(Words.of(
                            "A way of %s takes one class for all, two for its ends, or %,d, one a picture; got %,d.",
                            Counted.of(count, "picture"), count, given))
                    .about("labels", "context");
        }
    }

    /** Two classes are those of the ends; between them contexts go in a straight line. */
    List<Condition> conditions(Model model) {
        if (asked.number().orElse(1) != 2) {
            return asked.conditions(model, count);
        }
        List<float[]> ends = asked.conditions(model, 2).stream()
                .map(end ->
                        end.weights().orElseGet(() -> new float[model.classes().size()]))
                .toList();
        return Contexts.between(ends.get(0), ends.get(1), Interpolation.LINEAR, count);
    }
}
