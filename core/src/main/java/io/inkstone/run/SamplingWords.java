package io.inkstone.run;

import io.inkstone.models.SamplingOptions;
import java.lang.reflect.RecordComponent;

/** What somebody chose of the options of sampling, for protocols: whatever options there are, those that are no default. */
final class SamplingWords {
    private SamplingWords() {}

    /** {@code , sampler ddpm, guidance weight 2.0}; empty for the defaults. The number of steps is said elsewhere. */
    static String of(SamplingOptions options) {
        return different("", options, SamplingOptions.DEFAULT);
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
