package io.inkstone.cli;

import io.inkstone.Words;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The entry: {@code inkstone COMMAND …}. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted and saved. */
@Command(
        name = "inkstone",
        description = "Trains, samples and measures image generators.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with:  inkstone train avatars",
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
    private Main() {}

    public static void main(String[] words) {
        System.exit(execute(commandLine(words), words));
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
                return Failures.FAILED;
            }
        });
    }

    /** A command of another module by itself, where it is the one that is meant: to read all the others takes a third of a second. */
    @Command(name = "inkstone", versionProvider = Version.class, mixinStandardHelpOptions = true)
    private static final class Alone {}

    private static CommandLine commandLine(String... words) {
        for (FurtherCommand further : ServiceLoader.load(FurtherCommand.class)) {
            Command said = further.getClass().getAnnotation(Command.class);
            if (words.length > 0 && said.name().equals(words[0])) {
                return prepared(new CommandLine(new Alone()).addSubcommand(further));
            }
        }
        return commandLine();
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        // No lambdas of the option parser's types here: the archive of loaded classes leaves those out that it links
        // (see launcher).
        for (FurtherCommand further : ServiceLoader.load(FurtherCommand.class)) {
            line.addSubcommand(further);
        }
        return prepared(line);
    }

    private static CommandLine prepared(CommandLine line) {
        OptionValues.understoodBy(line);
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
        sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, new UnbrokenFooter());
        Failures failures = new Failures();
        return line.setHelpSectionMap(sections)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }
}
