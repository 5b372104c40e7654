package io.inkstone.cli;

import io.inkstone.NearestName;
import io.inkstone.Words;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a line that cannot be understood: which word, and what may have been meant. */
final class WrongWords {
    private WrongWords() {}

    static String said(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0), wrong.getCommandLine());
        }
        return wrong.getMessage();
    }

    private static String unmatched(String word, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (word.startsWith("-") && word.length() > 1) {
            String name = word.replaceFirst("=.*", "");
            TreeSet<String> options = new TreeSet<>(spec.optionsMap().keySet());
            return Words.of("There is no option %s here.%s", name, NearestName.suggestion(name, options));
        }
        if (!spec.subcommands().isEmpty()) {
            List<String> commands = List.copyOf(spec.subcommands().keySet());
            return Words.of(
                    "There is no command '%s'.%s Known: %s.",
                    word, NearestName.suggestion(word, commands), String.join(", ", commands));
        }
        return Words.of(
                "'%s' is a word too many: options begin with --, and a name with spaces stands in quotes.", word);
    }
}
