package io.inkstone.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;

/** The last lines of a help text as they are: lines that somebody copies are not broken. */
final class UnbrokenFooter implements IHelpSectionRenderer {
    @Override
    public String render(CommandLine.Help help) {
        return Stream.of(help.commandSpec().usageMessage().footer())
                .map(each -> each + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
