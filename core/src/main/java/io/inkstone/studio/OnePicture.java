package io.inkstone.studio;

import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.wish.Asked;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Each picture of a wish by itself: the wish that draws it alone, with its own seed and class. Where no words say one of many,
 * as rows of arrays, the whole wish.
 *
 * @param request what the wish means
 * @param classes of the model
 * @param source the weights
 */
record OnePicture(DrawWish wish, GenerationRequest request, List<String> classes, Source source) {
    /** The entry of a PNG that {@code --like} reads. */
    Map<String, String> text(int index) {
        return Map.of(DrawWish.PNG_KEYWORD, of(index).text());
    }

    private DrawWish of(int index) {
        DrawWish whole = wish.absolute().toBuilder().source(Optional.of(source)).build();
        boolean started = request.start().isPresent();
        return started
                ? whole
                : asked(index)
                        .map(asked -> whole.toBuilder()
                                .asked(asked)
                                .count(1)
                                .seed(request.seeds().get(index))
                                .build())
                        .orElse(whole);
    }

    private Optional<Asked> asked(int index) {
        if (request.conditions().isEmpty()
                || wish.asked().isSaid() && wish.asked().number().orElse(1) == 1) {
            return Optional.of(wish.asked());
        }
        OptionalInt only = only(request.conditions().get(index).weights().orElse(new float[0]));
        return only.isPresent() ? Optional.of(Asked.labels(List.of(classes.get(only.getAsInt())))) : Optional.empty();
    }

    /** The class that counts 1 where all others count 0. */
    private static OptionalInt only(float[] weights) {
        int found = -1;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] == 1 && found < 0) {
                found = i;
            } else if (weights[i] != 0) {
                return OptionalInt.empty();
            }
        }
        return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
    }
}
