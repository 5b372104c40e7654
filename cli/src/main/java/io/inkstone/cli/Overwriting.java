package io.inkstone.cli;

import io.inkstone.Words;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether files that were named and exist are written over: only if somebody said so, or answers yes at a terminal. */
final class Overwriting {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--force", description = "Write over a file that exists.")
    private boolean force;

    /** Refuses a file that is there, before anything is done for it; null was not named. */
    void require(Path named) {
        if (named == null || force || !Files.isRegularFile(named) || isWanted(named)) {
            return;
        }
        throw new ParameterException(
                spec.commandLine(),
                Words.of("%s is there already: give another name, or --force to write over it.", named));
    }

    private boolean isWanted(Path file) {
        Console console = ProgressDisplay.onTerminal() ? System.console() : null;
        if (console == null) {
            return false;
        }
        String answer = console.readLine("%s is there already. Write over it? [y/N] ", file);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
