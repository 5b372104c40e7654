package io.inkstone.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inkstone.InputException;
import java.util.List;
import java.util.Optional;

/** Names of classes, or {@code auto}. */
public record ClassNames(Optional<List<String>> names) {
    public static final ClassNames AUTO = new ClassNames(Optional.empty());

    public static ClassNames of(List<String> names) {
        return new ClassNames(Optional.of(List.copyOf(names)));
    }

    @JsonCreator
    static ClassNames parse(Object value) {
        if ("auto".equals(value)) {
            return AUTO;
        }
        if (value instanceof List<?> list) {
            return of(list.stream().map(String::valueOf).toList());
        }
        throw new InputException("expected a list of names or auto, got '" + value + "'");
    }

    @JsonValue
    Object word() {
        return names.isPresent() ? names.get() : "auto";
    }
}
