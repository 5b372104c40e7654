package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.image.Size;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.draw.GenerationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a model draws while it changes pictures, or goes from one to another.
 *
 * @param seed of the first picture; 0 where nothing was said
 * @param asked what the pictures should show
 * @param sampling the way from noise to pictures
 * @param size that given pictures are brought to and changed in; the model's own where nothing was said
 */
public record DrawingWish(OptionalLong seed, Asked asked, SamplingWish sampling, Optional<Size> size) {
    public static final DrawingWish NOTHING =
            new DrawingWish(OptionalLong.empty(), Asked.NOTHING, SamplingWish.NOTHING);

    public DrawingWish {
        sampling.towards(asked);
    }

    /** In the model's own size. */
    public DrawingWish(OptionalLong seed, Asked asked, SamplingWish sampling) {
        this(seed, asked, sampling, Optional.empty());
    }

    /** {@code count} pictures, each with a seed of its own. */
    GenerationRequest request(Model model, int count) {
        GenerationRequest request = sampling.request(model, seeds(count), asked.conditions(model, count));
        return size.map(request::withSize).orElse(request);
    }

    DrawingWish withSampling(SamplingWish other) {
        return new DrawingWish(seed, asked, other, size);
    }

    /** Refuses a size; {@code reason} begins the sentence. */
    void requireOwnSize(String reason) {
        if (size.isPresent()) {
            throw new InputException(reason + ": leave out size.").about("size");
        }
    }

    /** The same for a way that is gone backwards too. */
    DrawingWish backwards(Model model) {
        return withSampling(sampling.backwards(model));
    }

    /** Those of {@code count} pictures, one after another. */
    List<Long> seeds(int count) {
        return GenerationRequest.seeds(count, firstSeed());
    }

    long firstSeed() {
        return seed.orElse(0);
    }

    /** The same with what {@code model} takes where nothing was said. */
    DrawingWish resolved(Generates model) {
        return new DrawingWish(OptionalLong.of(firstSeed()), asked, sampling.resolved(model, isTold()), size);
    }

    /** Whether pictures are asked for that show something, which guidance can lead towards. */
    boolean isTold() {
        return asked.isSaid() && !asked.equals(Asked.NONE);
    }

    List<String> files() {
        List<String> files = new ArrayList<>(asked.files());
        files.addAll(sampling.guidance().avoided().files());
        return files;
    }

    static DrawingWish read(Fields fields) {
        return new DrawingWish(
                fields.large("seed"), AskedKeys.ASKED.read(fields), SamplingWish.read(fields), fields.size("size"));
    }

    void write(ObjectNode json) {
        seed.ifPresent(value -> json.put("seed", value));
        size.ifPresent(value -> json.put("size", value.words()));
        sampling.write(json);
        asked.write(json, AskedKeys.ASKED);
    }
}
