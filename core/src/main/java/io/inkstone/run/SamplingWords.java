package io.inkstone.run;

import io.inkstone.models.SamplingOptions;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody chose of the options of sampling, for protocols: whatever options there are, those that are no default. */
final class SamplingWords {
    private SamplingWords() {}

    /** {@code , sampler ddpm, guidance 2.0}; empty for the defaults. */
    static String of(SamplingOptions options) {
        List<String> words = new ArrayList<>();
        for (RecordComponent component : SamplingOptions.class.getRecordComponents()) {
            Object value = value(component, options);
            boolean said = !value.equals(value(component, SamplingOptions.DEFAULT)) && !component.getName().equals("steps");
            if (said) {
                words.add(", %s %s".formatted(component.getName(), value instanceof Optional<?> some ? some.get() : value));
            }
        }
        return String.join("", words);
    }

    private static Object value(RecordComponent component, SamplingOptions options) {
        try {
            return component.getAccessor().invoke(options);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
