package io.inkstone.recipe;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.Guidance;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.draw.ShownClasses;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code preview} group of a recipe: pictures drawn while training, always from the same seeds.
 *
 * @param everySteps optimizer steps between two previews; 0 for none
 * @param everyEpochs epochs between two previews, drawn after an epoch; 0 for none
 * @param count columns of the grid; the rows are the classes, or as many as the columns without classes
 * @param sampler for models that need steps: its name, or {@code auto}
 * @param grid of levels, likewise
 * @param steps of that sampler; 0 is its own number
 * @param guidance weight towards the classes, for models that were taught to draw without one as well; 1 is none. A model
 *     without classes and prompts has nothing to lead towards: it draws without guidance
 * @param prompts a row of the grid each, for models that read words; others draw what they know
 */
public record PreviewConfig(
        int everySteps,
        int everyEpochs,
        int count,
        String sampler,
        String grid,
        int steps,
        double guidance,
        List<String> prompts) {
    public PreviewConfig {
        if (everySteps < 0 || everyEpochs < 0 || count < 1 || steps < 0) {
            throw new InputException(Words.of(
                    "preview.count must be 1 or more, preview.everySteps, everyEpochs and steps 0 or more, got %d, %d, %d and %d.",
                    count, everySteps, everyEpochs, steps));
        }
        prompts = List.copyOf(prompts);
        if (prompts.stream().anyMatch(String::isBlank)) {
            throw new InputException("preview.prompts are texts of words, one a row of the grid; got an empty one.");
        }
        if (!Double.isFinite(guidance)) {
            throw new InputException("preview.guidance must be a number, 1 for none, got " + guidance + ".");
        }
    }

    /** For models that samplers lead through; others have nothing to choose. */
    public SamplingOptions sampling(Generates model) {
        if (!model.isSampled()) {
            return SamplingOptions.DEFAULT;
        }
        return SamplingOptions.of(named(sampler), named(grid), steps == 0 ? OptionalInt.empty() : OptionalInt.of(steps))
                .withGuidance(rows(model).isEmpty() ? Guidance.NONE : Guidance.of(guidance));
    }

    /** What the rows of the grid show, in words: its prompts where the model reads, else its classes; empty for neither. */
    public List<String> rows(Generates model) {
        return model.conditions().readsWords() ? prompts : ShownClasses.names(model.classes());
    }

    /** A grid of {@code columns} pictures a row, from {@code seed} on. */
    public GenerationRequest grid(Generates model, int columns, long seed) {
        if (!model.conditions().readsWords() || prompts.isEmpty()) {
            return GenerationRequest.grid(model.classes().size(), columns, seed).withSampling(sampling(model));
        }
        return GenerationRequest.of(prompts.size() * columns, seed)
                .withConditions(prompts.stream()
                        .flatMap(words -> Collections.nCopies(columns, Condition.text(words)).stream())
                        .toList())
                .withSampling(sampling(model));
    }

    private static Optional<String> named(String word) {
        return word.equals("auto") ? Optional.empty() : Optional.of(word);
    }
}
