package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class NamedCommandsTest {
    @Test
    void namesAreThoseOfTheCommands() {
        for (Map.Entry<String, CommandLine> command :
                Main.commandLine().getSubcommands().entrySet()) {
            List<Object> found = Commands.of(command.getKey(), "--help");
            if (found.size() == 1) {
                assertThat(new CommandLine(found.get(0)).getCommandName()).isEqualTo(command.getKey());
            }
        }
    }

    @Test
    void aLineNeedsItsOwnCommandAlone() {
        assertThat(Commands.of("sample", "runs/one", "--count", "3")).isEqualTo(List.of(SampleCommand.class));
        assertThat(Commands.of("data", "inspect")).isEqualTo(List.of(DataCommand.class));
    }

    @Test
    void whatBeginsWithNoCommandNeedsAll() {
        List<String> all = names(Commands.all());
        assertThat(names(Commands.of())).isEqualTo(all);
        assertThat(names(Commands.of("--help"))).isEqualTo(all);
        assertThat(names(Commands.of("help", "train"))).isEqualTo(all);
        assertThat(names(Commands.of("smaple"))).isEqualTo(all);
        assertThat(names(Commands.of("generate-completion"))).isEqualTo(all);
    }

    private static List<String> names(List<Object> commands) {
        List<String> names = new ArrayList<>();
        commands.forEach(command -> names.add(
                command instanceof Class<?> type
                        ? type.getName()
                        : command.getClass().getName()));
        return names;
    }
}
