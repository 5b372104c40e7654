package io.inkstone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.ComputeDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that mean the same in every command. */
final class Common {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, cpu or cuda:N (see: inkstone devices).")
    private String device;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(names = "--stacktrace", description = "Print where an error came from.")
    private boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    ComputeDevice device() {
        return said(() -> ComputeDevice.parse(device));
    }

    /** Prints the result: {@code text}, or {@code fields} as JSON if asked to. Called once in a command. */
    void print(String text, Map<String, ?> fields) {
        try {
            spec.commandLine().getOut().println(json ? JSON.writeValueAsString(fields) : text);
            spec.commandLine().getOut().flush();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void print(Result result) {
        print(result.text(), result.fields());
    }

    /** Prints a part of the result as soon as it is known; not where one JSON object is to hold all of it. */
    void printPart(Result part) {
        if (!json) {
            print(part);
        }
    }

    /** Understands what was said in words; what cannot be understood is wrong usage. */
    <T> T said(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InputException wrong) {
            throw wrongUsage(wrong);
        }
    }

    /** Does what was said; of what goes wrong only that which is about {@code keys} of the wish is wrong usage. */
    <T> T done(Supplier<T> work, String... keys) {
        try {
            return work.get();
        } catch (InputException wrong) {
            if (wrong.keys().stream().anyMatch(List.of(keys)::contains)) {
                throw wrongUsage(wrong);
            }
            throw wrong;
        }
    }

    private ParameterException wrongUsage(InputException wrong) {
        return new ParameterException(spec.commandLine(), OptionNames.said(wrong, spec.commandLine()), wrong);
    }

    /** Refuses a number that is too small, as wrong usage. */
    void atLeast(int least, String option, int number) {
        if (number < least) {
            throw wrongUsage(Words.of("%s must be %d or more, got %d.", option, least, number));
        }
    }

    /** Refuses a number that is too large, as wrong usage. */
    void atMost(long most, String option, int number) {
        if (number > most) {
            throw wrongUsage(Words.of("%s is at most %,d here, got %,d.", option, most, number));
        }
    }

    /** Refuses a file whose extension is none of {@code kinds}, as wrong usage, before anything is done for it. */
    Path requireKind(Path file, List<String> kinds) {
        if (!kinds.contains(Written.extension(file))) {
            throw wrongUsage(Words.of(
                    "%s: the kind of output follows the extension, one of %s.", file, String.join(", ", kinds)));
        }
        return file;
    }

    ParameterException wrongUsage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /** Says something beside the result. */
    void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
