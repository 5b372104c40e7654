package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.tensor.MemoryShortage;
import io.inkstone.train.DivergenceException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/** The entry: {@code inkstone COMMAND …}. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted and saved. */
@Command(
        name = "inkstone",
        description = "Trains, samples and measures image generators.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with:  inkstone train sprites",
            "Options of a command:  inkstone help COMMAND",
            "Completion in bash:  source <(inkstone generate-completion)"
        },
        subcommands = {
            TrainCommand.class,
            ResumeCommand.class,
            SampleCommand.class,
            ReconstructCommand.class,
            EncodeCommand.class,
            DecodeCommand.class,
            InterpolateCommand.class,
            WalkCommand.class,
            EditCommand.class,
            InpaintCommand.class,
            VariationsCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            DescribeCommand.class,
            InspectCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            DataCommand.class,
            RecipesCommand.class,
            DevicesCommand.class,
            AutoComplete.GenerateCompletion.class,
            HelpCommand.class
        })
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String[] words) {
        System.exit(execute(commandLine(), words));
    }

    /** Runs one command; Ctrl-C waits for the work at hand. Numbers are written as the English sentences want it, anywhere. */
    static int execute(CommandLine line, String... words) {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        return Interruption.during(() -> {
            try {
                return line.execute(words);
            } catch (OutOfMemoryError tooSmall) {
                line.getErr()
                        .println(Words.of(
                                "inkstone: This Java's heap of %,d MB is too small for that: ask for less at once, or give it more with INKSTONE_JAVA_OPTIONS=-Xmx8g.",
                                Runtime.getRuntime().maxMemory() >> 20));
                return FAILED;
            }
        });
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        ServiceLoader.load(FurtherCommand.class).forEach(line::addSubcommand);
        OptionValues.understoodBy(line);
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
        // Lines that somebody copies are not broken.
        sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> Stream.of(
                        help.commandSpec().usageMessage().footer())
                .map(each -> each + System.lineSeparator())
                .collect(Collectors.joining()));
        return line.setHelpSectionMap(sections)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failed);
    }

    private static int wrongUsage(ParameterException wrong, String[] words) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("inkstone: " + WrongWords.said(wrong));
        if (!(wrong.getCause() instanceof InputException)) {
            err.println("See: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return WRONG_USAGE;
    }

    /** Whether something failed because the user wanted to leave, and for no other reason. */
    private static boolean isInterruption(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof InterruptedWorkException
                    || each instanceof InterruptedException
                    || each instanceof ClosedByInterruptException) {
                return Interruption.requested();
            }
        }
        return false;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult words) {
        boolean asked = false;
        for (CommandLine.ParseResult each = words; each != null; each = each.subcommand()) {
            asked |= each.hasMatchedOption("--stacktrace");
        }
        boolean interrupted = isInterruption(failure);
        if (asked) {
            failure.printStackTrace(command.getErr());
        } else if (interrupted && !(failure.getCause() instanceof InterruptedException)) {
            command.getErr().println("inkstone: " + new InterruptedWorkException().getMessage());
        } else if (failure instanceof UncheckedIOException) {
            command.getErr()
                    .println("inkstone: " + failure.getCause().getMessage() + ". What was saved before is intact.");
        } else if (failure instanceof InputException wrong) {
            command.getErr().println("inkstone: " + OptionNames.said(wrong, command));
        } else if (failure instanceof DivergenceException) {
            command.getErr().println("inkstone: " + failure.getMessage());
        } else if (failure instanceof RuntimeException some
                && MemoryShortage.of(some).isPresent()) {
            command.getErr()
                    .println("inkstone: " + MemoryShortage.of(some).get().getMessage());
        } else {
            String reason = failure.getMessage() == null
                    ? failure.getClass().getSimpleName()
                    : failure.getMessage().lines().findFirst().orElse("");
            command.getErr().println("inkstone: " + reason + " (say --stacktrace to see where)");
        }
        return interrupted ? Interruption.EXIT : FAILED;
    }
}
