package io.inkstone.wish;

import io.inkstone.condition.Condition;
import io.inkstone.models.Model;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One context for all, {@code hat=0.7,glasses=0.3}; a name alone counts 1. */
public record ContextMix(String words) implements Asked {
    public ContextMix {
        ClassWords.mix(words).forEach(ClassWords.Part::amount);
    }

    @Override
    public Optional<String> context() {
        return Optional.of(words);
    }

    @Override
    public List<Condition> said(Model model, int count) {
        float[] row = new float[model.classes().size()];
        ClassWords.mix(words).forEach(part -> row[ClassWords.index(part.name(), model.classes())] = part.amount());
        return Collections.nCopies(count, Condition.classes(row));
    }
}
