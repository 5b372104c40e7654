package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.cli.FurtherCommand;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkstone serve}. */
@Command(
        name = "serve",
        description =
                "Offers trained runs over HTTP: the image API of usual clients, jobs, and the studio in a browser.")
public final class ServeCommand implements FurtherCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUNS-FOLDER",
            defaultValue = "runs",
            description = "Folder of runs (default: runs).")
    private Path runs;

    @Option(
            names = "--model",
            paramLabel = "NAME=RUN",
            description = "A run by a name of its own; may be given several times.")
    private Map<String, Path> models = new LinkedHashMap<>();

    @Option(
            names = "--default",
            paramLabel = "NAME",
            description = "The model of requests that name none (default: the newest run).")
    private Optional<String> standard = Optional.empty();

    @Option(
            names = "--any-model",
            description =
                    "An unknown model's name means the default one: some clients always send a name of their own.")
    private boolean anyModel;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen (default: 127.0.0.1); others need --key-file.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "7860",
            description = "The port (default: 7860); 0 for any that is free.")
    private int port;

    @Option(names = "--key-file", paramLabel = "FILE", description = "Keys that clients must show, one a line.")
    private Optional<Path> keyFile = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where jobs and drawn pictures are kept (default: RUNS-FOLDER/.studio).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "A PostgreSQL, jdbc:postgresql://HOST/NAME?user=USER, for several servers on one queue; they share --data too.")
    private Optional<String> database = Optional.empty();

    @Option(
            names = "--pictures",
            paramLabel = "FOLDER",
            description = "Picture sets that can be trained on from the page, by their names.")
    private Optional<Path> pictures = Optional.empty();

    @Option(names = "--queue", paramLabel = "N", defaultValue = "64", description = "Jobs that may wait (default: 64).")
    private int queue;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, cpu or cuda:N (see: inkstone devices).")
    private String device;

    @Option(names = "--stacktrace", description = "Print where an error came from.")
    private boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public void run() {
        try (Server server = Server.start(settings())) {
            spec.commandLine().getOut().println("Inkstone listens at " + server.address());
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException asked) {
            // Ctrl-C or a TERM: what ran was ended, what waits is in the database
        }
    }

    private ServeSettings settings() {
        try {
            ServeSettings.Builder settings = ServeSettings.builder(runs, data.orElseGet(() -> runs.resolve(".studio")))
                    .named(models)
                    .anyModel(anyModel)
                    .address(host, port)
                    .queue(queue)
                    .device(device);
            standard.ifPresent(settings::standard);
            keyFile.ifPresent(settings::keyFile);
            database.ifPresent(settings::database);
            pictures.ifPresent(settings::pictures);
            return settings.build();
        } catch (InputException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
