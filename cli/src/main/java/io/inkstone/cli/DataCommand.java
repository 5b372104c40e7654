package io.inkstone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code inkstone data inspect|prepare|download}. */
@Command(
        name = "data",
        description = "Looks at data, prepares it, fetches public sets.",
        synopsisSubcommandLabel = "inspect|prepare|convert|download",
        subcommands = {
            DataInspectCommand.class,
            DataPrepareCommand.class,
            DataConvertCommand.class,
            DataDownloadCommand.class
        })
final class DataCommand implements Runnable {
    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do with data: inspect, prepare, convert or download.");
    }
}
