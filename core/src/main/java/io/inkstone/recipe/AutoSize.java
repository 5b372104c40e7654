package io.inkstone.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inkstone.image.Size;
import java.util.Optional;

/** The size of a recipe's pictures, which may be left to the data: a side, {@code WIDTHxHEIGHT}, or the word {@code auto}. */
public record AutoSize(Optional<Size> size) {
    public static final AutoSize AUTO = new AutoSize(Optional.empty());

    public static AutoSize of(Size size) {
        return new AutoSize(Optional.of(size));
    }

    @JsonCreator
    static AutoSize parse(Object value) {
        return "auto".equals(value) ? AUTO : of(Size.parse(value));
    }

    @JsonValue
    Object word() {
        return size.isPresent() ? size.get().word() : "auto";
    }
}
