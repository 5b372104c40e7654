package io.inkstone.cli;

import io.inkstone.InputException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The library speaks of keys; here they are options: {@code guidanceRescale} is {@code --guidance-rescale}. */
final class OptionNames {
    private OptionNames() {}

    static String option(String key) {
        return "--" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The message, and after it the options of {@code command} that it is about, but for those it names itself. */
    static String said(InputException wrong, CommandLine command) {
        List<String> options = wrong.keys().stream()
                .map(OptionNames::option)
                .filter(name -> command.getCommandSpec().findOption(name) != null)
                .filter(name -> !wrong.getMessage().contains(name))
                .toList();
        if (options.isEmpty()) {
            return wrong.getMessage();
        }
        String sentence = wrong.getMessage().replaceFirst("\\.$", "");
        String named = options.stream().collect(Collectors.joining(", ", " (", ")"));
        return sentence + named + (sentence.equals(wrong.getMessage()) ? "" : ".");
    }
}
