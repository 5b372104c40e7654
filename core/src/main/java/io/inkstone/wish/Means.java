package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Choices;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.stable.StableLoras;
import io.inkstone.models.stable.StableModel;
import io.inkstone.run.GuideChoice;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * By what means a wish is carried out; whatever is empty was not said.
 *
 * @param batch most pictures at once
 * @param weights of the run; averaged ones where nothing was said
 * @param precision of the passes
 * @param loras low-rank changes that are merged into a model of Stable Diffusion
 * @param guide a weaker model to lead away from: a checkpoint of the run such as step-000600, or another run
 */
public record Means(
        OptionalInt batch,
        Optional<SavedRun.Weights> weights,
        Optional<Precision> precision,
        List<StableLoras.Choice> loras,
        Optional<String> guide) {
    public static final Means NOTHING = new Means(OptionalInt.empty(), Optional.empty(), Optional.empty());

    /** Without low-rank changes and a guide. */
    public Means(OptionalInt batch, Optional<SavedRun.Weights> weights, Optional<Precision> precision) {
        this(batch, weights, precision, List.of(), Optional.empty());
    }

    public Means {
        loras = List.copyOf(loras);
        if (batch.isPresent() && batch.getAsInt() < 1) {
            throw new InputException(Words.of("A batch has 1 picture or more, got %d.", batch.getAsInt()))
                    .about("batch");
        }
    }

    /** The same with other low-rank changes. */
    public Means withLoras(List<StableLoras.Choice> others) {
        return new Means(batch, weights, precision, others, guide);
    }

    /** The same with a weaker model to lead away from. */
    public Means withGuide(String other) {
        return new Means(batch, weights, precision, loras, Optional.of(other));
    }

    /** The guide of {@code run}. */
    public Optional<GuideChoice> guideOf(Path run) {
        return guide.map(words -> GuideChoice.of(words, run));
    }

    /** Refuses a guide that would lead nowhere. */
    void requireGuidance(GuidanceWish guidance) {
        if (guide.isPresent() && guidance.weight().orElse(1) == 1) {
            throw new InputException("A guide acts through guidance: say its weight, such as guidance 2.")
                    .about("guide", "guidance");
        }
    }

    /** With the names of files as they are found from any folder. */
    Means absolute() {
        return new Means(
                batch,
                weights,
                precision,
                loras.stream()
                        .map(each -> new StableLoras.Choice(
                                Path.of(ArrayFiles.absolute(each.file().toString())), each.strength()))
                        .toList(),
                guide.map(words -> GuideChoice.isCheckpoint(words) ? words : ArrayFiles.absolute(words)));
    }

    /** Merges the low-rank changes into the model of {@code saved}; what a person should know, a sentence each. */
    public List<String> change(SavedRun saved) {
        if (loras.isEmpty()) {
            return List.of();
        }
        if (saved.model() instanceof StableModel model) {
            return StableLoras.merge(model, loras);
        }
        throw new InputException(Words.of(
                        "A LoRA changes a model of Stable Diffusion, and %s is of system '%s': leave it out.",
                        saved.directory().root(), saved.recipe().system()))
                .about("lora");
    }

    static Means read(Fields fields) {
        return new Means(
                fields.whole("batch"),
                fields.choice("weights", SavedRun.Weights.class),
                fields.choice("precision", Precision.class),
                fields.list("lora").stream().map(StableLoras.Choice::parse).toList(),
                fields.words("guide"));
    }

    void write(ObjectNode json) {
        batch.ifPresent(value -> json.put("batch", value));
        weights.ifPresent(value -> json.put("weights", Choices.word(value)));
        precision.ifPresent(value -> json.put("precision", Choices.word(value)));
        guide.ifPresent(value -> json.put("guide", value));
        if (!loras.isEmpty()) {
            ArrayNode files = json.putArray("lora");
            loras.forEach(each -> files.add(each.file() + "=" + each.strength()));
        }
    }
}
