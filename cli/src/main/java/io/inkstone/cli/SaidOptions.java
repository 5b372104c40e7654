package io.inkstone.cli;

import io.inkstone.Words;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Options that stand on the line, by the names and words that were given.
 *
 * @param spec of the command
 * @param options those of them that were said, in the order of the help
 */
record SaidOptions(CommandSpec spec, List<OptionSpec> options) {
    /** Of those that {@code group} has, a mixin of a command that is running. */
    static SaidOptions of(CommandSpec group) {
        ParseResult line = group.commandLine().getParseResult();
        return new SaidOptions(
                line.commandSpec(),
                group.options().stream()
                        .map(option -> line.matchedOption(option.longestName()))
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** Only those of {@code names}. */
    SaidOptions among(List<String> names) {
        return new SaidOptions(
                spec,
                options.stream()
                        .filter(option -> names.contains(option.longestName()))
                        .toList());
    }

    /** Of each its longest name, as the help has it. */
    Stream<String> names() {
        return options.stream().map(OptionSpec::longestName);
    }

    boolean isEmpty() {
        return options.isEmpty();
    }

    /** Refuses whatever was said, as wrong usage; {@code reason} begins the sentence. */
    void requireNone(Common common, String reason) {
        if (!isEmpty()) {
            throw common.wrongUsage(Words.of(
                    "%s: leave out %s.",
                    reason, options.stream().map(this::name).collect(Collectors.joining(", "))));
        }
    }

    /** As they stand on a line, each with a space before it. */
    String words() {
        return options.stream().map(option -> " " + words(option)).collect(Collectors.joining());
    }

    private String words(OptionSpec option) {
        return option.getValue() instanceof Boolean
                ? name(option)
                : name(option) + " "
                        + option.originalStringValues().stream()
                                .map(ShellWord::quoted)
                                .collect(Collectors.joining(" "));
    }

    private String name(OptionSpec option) {
        return Boolean.FALSE.equals(option.getValue())
                ? spec.commandLine().getNegatableOptionTransformer().makeNegative(option.longestName(), spec)
                : option.longestName();
    }
}
