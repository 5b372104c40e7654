package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.image.PngText;
import java.nio.file.Path;

/**
 * What {@code sample} was asked for, in the words of its options: written into every picture, read back by {@code --like}.
 * Null is what was not said.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SampleWish(
        String run,
        String checkpoint,
        String hash,
        String weights,
        String precision,
        Integer count,
        Long seed,
        String labels,
        String context,
        Double guidance,
        String sampler,
        Integer steps,
        Double eta,
        Boolean clamp,
        String noise,
        String latents,
        Integer batch) {
    /** The PNG keyword. */
    static final String KEYWORD = "inkstone.sample";

    private static final ObjectMapper JSON = new ObjectMapper();

    static SampleWish of(Path picture) {
        String text = PngText.read(picture).get(KEYWORD);
        if (text == null) {
            throw new InputException(
                    "%s carries no recipe: only PNG files that 'inkstone sample' wrote do.".formatted(picture));
        }
        try {
            return JSON.readValue(text, SampleWish.class);
        } catch (JsonProcessingException broken) {
            throw new InputException("The recipe in %s cannot be read.".formatted(picture), broken);
        }
    }

    String print() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** This wish, with what it leaves open taken from {@code other}. */
    SampleWish or(SampleWish other) {
        boolean saysWhat = labels != null || context != null;
        return new SampleWish(
                first(run, other.run),
                other.checkpoint,
                other.hash,
                first(weights, other.weights),
                first(precision, other.precision),
                first(count, other.count),
                first(seed, other.seed),
                saysWhat ? labels : other.labels,
                saysWhat ? context : other.context,
                first(guidance, other.guidance),
                first(sampler, other.sampler),
                first(steps, other.steps),
                first(eta, other.eta),
                first(clamp, other.clamp),
                first(noise, other.noise),
                first(latents, other.latents),
                first(batch, other.batch));
    }

    private static <T> T first(T mine, T other) {
        return mine == null ? other : mine;
    }

    /** The same with what is known once the run is open. */
    SampleWish from(String openedRun, String openedCheckpoint, String openedHash) {
        return new SampleWish(
                openedRun,
                openedCheckpoint,
                openedHash,
                weights,
                precision,
                count,
                seed,
                labels,
                context,
                guidance,
                sampler,
                steps,
                eta,
                clamp,
                noise,
                latents,
                batch);
    }
}
