package io.inkstone.run;

import io.inkstone.models.Generates;
import io.inkstone.models.SamplingOptions;
import java.lang.reflect.RecordComponent;

/** What somebody chose of the options of sampling, for protocols: whatever options there are, those that are no default. */
final class SamplingWords {
    private SamplingWords() {}

    /** {@code 25 steps, sampler ddpm, guidance weight 2.0}, or {@code one pass}; nothing of what is left at its default. */
    static String of(Generates model, SamplingOptions options) {
        if (!model.isSampled()) {
            return "one pass";
        }
        int steps = model.steps(options);
        return "%d step%s%s".formatted(steps, steps == 1 ? "" : "s", different("", options, SamplingOptions.DEFAULT));
    }

    private static String different(String prefix, Record options, Record defaults) {
        StringBuilder words = new StringBuilder();
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            Object value = value(component, options);
            Object usual = value(component, defaults);
            String name = prefix + component.getName();
            if (value instanceof Record inner) {
                words.append(different(name + " ", inner, (Record) usual));
            } else if (!value.equals(usual) && !name.equals("steps")) {
                words.append(", ").append(name).append(" ").append(plain(value));
            }
        }
        return words.toString();
    }

    /** An optional as what it holds. */
    private static String plain(Object value) {
        return value.toString().replaceFirst("^Optional(?:Int|Double)?\\[(.*)]$", "$1");
    }

    private static Object value(RecordComponent component, Record options) {
        try {
            return component.getAccessor().invoke(options);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
