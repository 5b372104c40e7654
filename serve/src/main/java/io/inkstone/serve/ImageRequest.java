package io.inkstone.serve;

import io.inkstone.image.Size;
import io.inkstone.models.Generates;
import io.inkstone.wish.Asked;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.DrawWishBuilder;
import io.inkstone.wish.DrawingWish;
import io.inkstone.wish.PromptWords;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pictures that somebody asks for, in the words of the image API.
 *
 * @param model by its name
 * @param prompt what to draw, in the model's own words
 * @param context the same for clients whose prompt is taken
 * @param n pictures
 * @param size {@code auto} or {@code WIDTHxHEIGHT}
 * @param seed of the first picture; chosen by chance where nothing is said
 * @param way from noise to pictures
 * @param strength of changes to a picture that was sent
 * @param delivery how they are handed over
 */
record ImageRequest(
        Optional<String> model,
        Optional<String> prompt,
        Optional<String> context,
        int n,
        Optional<String> size,
        OptionalLong seed,
        Way way,
        OptionalDouble strength,
        Delivery delivery) {
    static final int MOST = 100;

    /** Seeds that every client's numbers hold exactly. */
    private static final long MOST_SEED = (1L << 53) - 1 - MOST;

    static ImageRequest read(RequestFields fields) {
        ImageRequest request = new ImageRequest(
                fields.words("model").filter(name -> !name.isBlank()),
                fields.words("prompt"),
                fields.words("context"),
                fields.whole("n", 1, MOST).orElse(1),
                fields.words("size"),
                fields.large("seed", 0, MOST_SEED),
                Way.read(fields),
                fields.number("strength", 0, 1),
                Delivery.read(fields));
        fields.ignore("quality", "style", "background", "moderation", "user", "input_fidelity", "api-version");
        fields.requireKnown();
        return request;
    }

    /** The same with a seed. */
    ImageRequest seeded() {
        long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1L << 32));
        return new ImageRequest(model, prompt, context, n, size, OptionalLong.of(chosen), way, strength, delivery);
    }

    /** The same for so many pictures. */
    ImageRequest withN(int pictures) {
        return new ImageRequest(model, prompt, context, pictures, size, seed, way, strength, delivery);
    }

    /** What is to be drawn by {@code drawer}. */
    DrawWish wish(Generates drawer) {
        Size meant = PictureSize.of(size, drawer);
        Asked asked = new PromptWords(drawer).asked(prompt, context);
        DrawWishBuilder builder =
                DrawWish.builder().count(n).seed(seed).asked(asked).sampling(way.wish(drawer));
        if (!meant.equals(drawer.pictures().size())) {
            builder.size(meant);
        }
        DrawWish wish = builder.build();
        wish.sampling().towards(asked);
        return wish;
    }

    /** How pictures that were sent are changed by {@code drawer}. */
    DrawingWish drawing(Generates drawer) {
        Size meant = PictureSize.of(size, drawer);
        PromptWords words = new PromptWords(drawer);
        boolean silent = prompt.filter(said -> !said.isBlank()).isEmpty() && context.isEmpty();
        Asked asked = silent && drawer.knowsEmptyContext() ? Asked.NONE : words.asked(prompt, context);
        return new DrawingWish(
                seed,
                drawer.classes().isEmpty() && !words.areRead() ? Asked.NOTHING : asked,
                way.wish(drawer),
                Optional.of(meant)
                        .filter(other -> !other.equals(drawer.pictures().size())));
    }

    /** Seeds of its pictures. */
    List<Long> seeds() {
        return java.util.stream.LongStream.range(0, n)
                .mapToObj(i -> seed.orElseThrow() + i)
                .toList();
    }
}
