package io.inkstone.cli;

import io.inkstone.InputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The library speaks of keys; here they are options: {@code guidanceRescale} is {@code --guidance-rescale}, and a recipe's
 * {@code data.size=64} is {@code --set data.size=64}.
 */
final class OptionNames {
    private static final String SET = "--set";
    /** Commands that may do what this one cannot: they make runs, and go on with them. */
    private static final List<String> OTHERS = List.of("train", "resume");

    /** What a sentence says, the mark at its end, and lines below it. */
    private static final Pattern SENTENCE = Pattern.compile("(.*?)([.:]?)(\\R.*)?", Pattern.DOTALL);

    private OptionNames() {}

    static String option(String key) {
        return "--" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The message, and after it the options of {@code command} that would mend it, but for those it names itself. */
    static String said(InputException wrong, CommandLine command) {
        String options = wrong.changes().stream()
                .flatMap(change -> words(change, command).stream())
                .filter(words -> !wrong.getMessage().contains(words))
                .collect(Collectors.joining(", "));
        Matcher sentence = SENTENCE.matcher(wrong.getMessage());
        return options.isEmpty() || !sentence.matches()
                ? wrong.getMessage()
                : sentence.group(1) + " (" + options + ")" + sentence.group(2)
                        + Optional.ofNullable(sentence.group(3)).orElse("");
    }

    /** How a change is said to {@code command}, or to another one that takes it; empty where it cannot be said. */
    private static Optional<String> words(String change, CommandLine command) {
        String[] parts = change.split("=", 2);
        boolean ofRecipe = parts[0].contains(".");
        String option = ofRecipe ? SET : option(parts[0]);
        String words = ofRecipe
                ? option + " " + parts[0] + "=" + (parts.length > 1 ? parts[1] : "…")
                : option + (parts.length > 1 ? " " + parts[1] : "");
        if (has(command, option)) {
            return Optional.of(words);
        }
        if (ofRecipe || command.getParent() == null) {
            return Optional.empty();
        }
        Map<String, CommandLine> all = Main.commandLine().getSubcommands();
        return OTHERS.stream()
                .filter(name -> has(all.get(name), option))
                .map(name -> "inkstone " + name + " " + words)
                .findFirst();
    }

    private static boolean has(CommandLine command, String option) {
        return Stream.ofNullable(command).anyMatch(each -> each.getCommandSpec().findOption(option) != null);
    }
}
