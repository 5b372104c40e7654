package io.inkstone.wish;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.image.Size;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Contexts;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.ShownClasses;
import io.inkstone.run.GuideChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Pictures out of chance. Whatever is empty was not said. Picture i has the seed of the first plus i.
 *
 * @param count pictures; without it as many as there are labels or starts, else a grid of all classes, else 16
 * @param seed of the first picture; 0 where nothing was said
 * @param asked what they should show; of nothing a model that knows classes draws a grid, a row a class
 * @param size of the pictures; the model's own where nothing was said
 * @param sampling the way from noise to pictures
 * @param start what to start from instead of the seeds
 * @param means by which they are drawn
 * @param source the weights that drew them, in the text of a picture
 */
public record DrawWish(
        OptionalInt count,
        OptionalLong seed,
        Asked asked,
        Optional<Size> size,
        SamplingWish sampling,
        Start start,
        Means means,
        Optional<Source> source)
        implements Wish {
    /** Pictures in a row. */
    public static final int COLUMNS = 8;

    /** The keyword of the text of a drawn PNG that holds its wish. */
    public static final String PNG_KEYWORD = "inkstone.sample";

    private static final int MOST = 10_000_000;

    public DrawWish {
        if (count.isPresent()) {
            requireCount(count.getAsInt());
            GenerationRequest.seeds(count.getAsInt(), seed.orElse(0));
        } else if (asked instanceof Asked.Labels) {
            GenerationRequest.seeds(asked.number().orElse(1), seed.orElse(0));
        }
    }

    private static void requireCount(int number) {
        if (number < 1) {
            throw new InputException(Words.of("A wish is for 1 picture or more, got %d.", number)).about("count");
        }
        if (number > MOST) {
            throw new InputException(Words.of(
                            "A wish is for at most %,d pictures, got %,d: draw more by several wishes, the seed goes on where the last one ended.",
                            MOST, number))
                    .about("count", "seed");
        }
    }

    public static DrawWishBuilder builder() {
        return new DrawWishBuilder();
    }

    /** The same with other parts. */
    public DrawWishBuilder toBuilder() {
        return new DrawWishBuilder(this);
    }

    @Override
    public Kind kind() {
        return Kind.SAMPLE;
    }

    /** The first picture's. */
    public long firstSeed() {
        return seed.orElse(0);
    }

    /** Without a wish for a class, a model that knows some shows all of them, a row a class. */
    public boolean isGrid(Generates model) {
        return !asked.isSaid() && !model.classes().isEmpty();
    }

    /** The classes of that grid: all for a number of pictures that was said, else {@link ShownClasses}. */
    public List<Integer> shown(Generates model) {
        return ShownClasses.of(
                model.classes().size(), count.isPresent() || start.said().isPresent());
    }

    /** Pictures in a row where {@code number} are drawn. */
    public int columns(Generates model, int number) {
        int classes = shown(model).size();
        return isGrid(model) ? Math.max(1, (number + classes - 1) / classes) : COLUMNS;
    }

    /**
     * What {@code model} is to be asked for.
     *
     * @throws InputException for what this model cannot draw
     */
    public GenerationRequest request(Generates model) {
        means.requireGuidance(sampling.guidance());
        Optional<NdArray> given = start.array();
        int number = given.map(array -> (int) array.shape()[0]).orElseGet(() -> number(model));
        requireCount(number);
        if (count.orElse(number) != number) {
            throw new InputException(Words.of(
                            "%d pictures were asked for, but %s holds %d starts: leave out count.",
                            count.getAsInt(), start.file(), number))
                    .about("count");
        }
        List<Condition> conditions = isGrid(model)
                ? Contexts.grid(shown(model), model.classes().size(), columns(model, number), number)
                : asked.said(model, number);
        GenerationRequest request = sampling.request(model, GenerationRequest.seeds(number, firstSeed()), conditions);
        GenerationRequest sized = size.map(request::withSize).orElse(request);
        return given.map(sized::withStart).orElse(sized);
    }

    private int number(Generates model) {
        return count.orElseGet(() ->
                asked.number().orElseGet(() -> isGrid(model) ? shown(model).size() * COLUMNS : 2 * COLUMNS));
    }

    /**
     * A wish in JSON over an older one: what {@code mine} says counts, and what that excludes in {@code theirs} no more.
     */
    public static DrawWish over(ObjectNode mine, ObjectNode theirs) {
        return of(EarlierWish.merged(mine, theirs));
    }

    /**
     * A wish in JSON over the one that a PNG was drawn with.
     *
     * @throws InputException for a file without such a text, or one of a later version
     */
    public static DrawWish like(Path picture, ObjectNode mine) {
        return EarlierWish.in(picture).under(mine);
    }

    /** With the names of files as they are found from any folder. */
    public DrawWish absolute() {
        return toBuilder()
                .asked(asked.absolute())
                .sampling(sampling.absolute())
                .start(start.absolute())
                .means(means.absolute())
                .build();
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(asked.files());
        files.addAll(sampling.guidance().avoided().files());
        start.said().ifPresent(files::add);
        means.loras().forEach(each -> files.add(each.file().toString()));
        means.guide().filter(words -> !GuideChoice.isCheckpoint(words)).ifPresent(files::add);
        return files;
    }

    /** As {@link Wish#of(ObjectNode)}, of a wish for drawing. */
    @JsonCreator
    public static DrawWish of(ObjectNode json) {
        Fields fields = new Fields(json);
        DrawWish wish = read(fields);
        fields.requireKnown();
        return wish;
    }

    static DrawWish read(Fields fields) {
        fields.words("command");
        return new DrawWishBuilder()
                .count(fields.whole("count"))
                .seed(fields.large("seed"))
                .asked(AskedKeys.ASKED.read(fields))
                .size(fields.size("size"))
                .sampling(SamplingWish.read(fields))
                .start(Start.read(fields))
                .means(Means.read(fields))
                .source(fields.object("source").map(object -> Source.read(new Fields(object))))
                .build();
    }

    /** The text of a picture: {@link #json} without the key {@code command}. */
    public String text() {
        ObjectNode json = Fields.empty();
        write(json);
        return json.toString();
    }

    @Override
    public void write(ObjectNode json) {
        sampling.write(json);
        asked.write(json, AskedKeys.ASKED);
        count.ifPresent(value -> json.put("count", value));
        seed.ifPresent(value -> json.put("seed", value));
        size.ifPresent(value -> json.put("size", value.words()));
        start.write(json);
        means.write(json);
        source.ifPresent(value -> value.write(json.putObject("source")));
    }
}
