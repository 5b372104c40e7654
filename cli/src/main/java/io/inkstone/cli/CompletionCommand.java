package io.inkstone.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * {@code inkstone generate-completion}: the option parser's own script, which knows commands, options and words, and behind it a
 * function that knows run directories. It goes by the labels of the commands, so a new command needs nothing here.
 */
@Command(
        name = "generate-completion",
        helpCommand = true,
        mixinStandardHelpOptions = true,
        description =
                "Prints a script for bash and zsh that completes commands, options, their words, recipes and runs.",
        footer = {"", "Example:", "  source <(inkstone generate-completion)"})
final class CompletionCommand implements Runnable {
    private static final Pattern WORDS = Pattern.compile("(?m)(?<=_args=)\\(\".*\"\\)(?= #)");

    /**
     * The parser's function first: where it offers files, an argument's turn has come. Then runs below what is written, at most two
     * folders deep; beside them the folders that lead to no run. Without a run all stays as it was.
     */
    private static final String RUNS =
            """

            # Behind the above: run directories, which are folders with a recipe.yaml, where a run is asked for.
            function _inkstone_runs() {
              _complete_inkstone
              local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" names="@NAMES@"
              case "$word" in -*) return ;; esac
              case " @OPTIONS@ " in
                *" $before "*) names="" ;;
                *)
                  case " @COMMANDS@ " in *" ${COMP_WORDS[1]} "*) ;; *) return ;; esac
                  case "$before" in
                    -*) case " @FLAGS@ " in *" $before "*) ;; *) return ;; esac ;;
                  esac
                  # What is no file for the parser comes first of all.
                  [ ${#COMPREPLY[@]} -gt 0 ] || [ "$COMP_CWORD" = 2 ] || return
                  ;;
              esac
              if [ -n "${ZSH_VERSION:-}" ]; then setopt localoptions nullglob; fi
              local found runs=() folders=()
              for found in "$word"*/recipe.yaml "$word"*/*/recipe.yaml; do
                if [ -f "$found" ]; then runs+=("${found%/recipe.yaml}"); fi
              done
              if [ ${#runs[@]} = 0 ]; then return; fi
              for found in "$word"*/; do
                found="${found%/}"
                case "${runs[*]/#/ } " in *" $found "* | *" $found/"*) ;; *) if [ -d "$found" ]; then folders+=("$found"); fi ;; esac
              done
              type compopt &>/dev/null && compopt -o filenames
              case " $names " in *" ${COMP_WORDS[1]} "*) ;; *) COMPREPLY=() ;; esac
              COMPREPLY+=("${runs[@]}" "${folders[@]}")
            }
            complete -F _inkstone_runs -o default inkstone inkstone.sh inkstone.bash
            """;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(script(spec.root().commandLine()));
        out.flush();
    }

    static String script(CommandLine all) {
        // Choices are shown as the help writes them, not as constants.
        String words = WORDS.matcher(AutoComplete.bash("inkstone", all))
                .replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
        Collection<CommandLine> commands = all.getSubcommands().values();
        return words
                + RUNS.replace("@COMMANDS@", names(commands, asks("RUN")))
                        .replace("@NAMES@", names(commands, asks("RECIPE")))
                        .replace("@OPTIONS@", options(commands, option -> isAsked(option, "RUN") && !isNew(option)))
                        .replace(
                                "@FLAGS@",
                                options(commands, option -> option.arity().max() == 0));
    }

    private static String names(Collection<CommandLine> commands, Predicate<CommandLine> wanted) {
        return commands.stream().filter(wanted).map(CommandLine::getCommandName).collect(Collectors.joining(" "));
    }

    private static Predicate<CommandLine> asks(String what) {
        return command ->
                command.getCommandSpec().positionalParameters().stream().anyMatch(argument -> isAsked(argument, what));
    }

    private static String options(Collection<CommandLine> commands, Predicate<OptionSpec> wanted) {
        Function<OptionSpec, String[]> names = OptionSpec::names;
        return commands.stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(wanted)
                .map(names)
                .flatMap(Arrays::stream)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** A label names what may stand there, such as {@code RECIPE|RUN}. */
    private static boolean isAsked(ArgSpec argument, String what) {
        return Arrays.asList(argument.paramLabel().split("\\|")).contains(what);
    }

    private static boolean isNew(OptionSpec option) {
        return Arrays.asList(option.names()).contains("--out");
    }
}
