package io.inkstone;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalInt;

/** A whole number of a recipe that may be left to the data: a number, or the word {@code auto}. */
public record AutoInt(OptionalInt number) {
    public static final AutoInt AUTO = new AutoInt(OptionalInt.empty());

    public static AutoInt of(int number) {
        return new AutoInt(OptionalInt.of(number));
    }

    @JsonCreator
    static AutoInt parse(Object value) {
        if ("auto".equals(value)) {
            return AUTO;
        }
        if (value instanceof Integer number) {
            return of(number);
        }
        throw new InputException("expected a whole number or auto, got '" + value + "'");
    }

    @JsonValue
    Object word() {
        return number.isPresent() ? (Object) number.getAsInt() : "auto";
    }

    /** The number, or {@code otherwise} for auto. */
    public int or(int otherwise) {
        return number.orElse(otherwise);
    }
}
