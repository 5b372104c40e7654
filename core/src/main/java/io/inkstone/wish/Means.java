package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Choices;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.stable.StableLoras;
import io.inkstone.models.stable.StableModel;
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
 */
public record Means(
        OptionalInt batch,
        Optional<SavedRun.Weights> weights,
        Optional<Precision> precision,
        List<StableLoras.Choice> loras) {
    public static final Means NOTHING = new Means(OptionalInt.empty(), Optional.empty(), Optional.empty());

    /** Without low-rank changes. */
    public Means(OptionalInt batch, Optional<SavedRun.Weights> weights, Optional<Precision> precision) {
        this(batch, weights, precision, List.of());
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
        return new Means(batch, weights, precision, others);
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
                        .toList());
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
                fields.list("lora").stream().map(StableLoras.Choice::parse).toList());
    }

    void write(ObjectNode json) {
        batch.ifPresent(value -> json.put("batch", value));
        weights.ifPresent(value -> json.put("weights", Choices.word(value)));
        precision.ifPresent(value -> json.put("precision", Choices.word(value)));
        if (!loras.isEmpty()) {
            ArrayNode files = json.putArray("lora");
            loras.forEach(each -> files.add(each.file() + "=" + each.strength()));
        }
    }
}
