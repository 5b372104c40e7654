package io.inkstone.wish;

import io.inkstone.condition.Condition;
import io.inkstone.models.Model;
import io.inkstone.models.draw.Contexts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows of the file of an array [N, c], one a picture, or [1, c] for all. */
public record ContextRows(String file) implements Asked {
    @Override
    public Optional<String> context() {
        return Optional.of(file);
    }

    @Override
    public OptionalInt number() {
        return OptionalInt.of((int) ArrayFiles.read(file).shape()[0]);
    }

    @Override
    public List<Condition> said(Model model, int count) {
        return Contexts.rows(ArrayFiles.read(file), count);
    }

    @Override
    public Asked absolute() {
        return new ContextRows(ArrayFiles.absolute(file));
    }

    @Override
    public List<String> files() {
        return List.of(file);
    }
}
