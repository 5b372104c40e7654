package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.download.CelebaFolder;
import io.inkstone.data.download.Download;
import io.inkstone.data.download.EmnistFolder;
import io.inkstone.data.download.OfficialSet;
import io.inkstone.data.download.RemoteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkstone data download NAME …}. */
@Command(
        name = "download",
        description =
                "Fetches the official files of mnist, fashion-mnist or kmnist, checks them, and goes on where it was"
                        + " cut off. celeba, emnist: says where it is handed out and what to put where.")
final class DataDownloadCommand implements Callable<Integer> {
    private static final String CELEBA = "celeba";
    private static final String EMNIST = "emnist";
    private static final int FAILED = 1;

    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "mnist, fashion-mnist, kmnist, celeba or emnist.")
    private String name;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the files go. Default: data/NAME.")
    private Path out;

    @Option(names = "--check", paramLabel = "FOLDER", description = "celeba: look whether all of it lies there.")
    private Path check;

    @Override
    public Integer call() {
        if (check != null) {
            if (!name.equals(CELEBA)) {
                throw new ParameterException(
                        spec.commandLine(),
                        Words.of("--check is for celeba; 'data inspect' says what lies in a folder of %s.", name));
            }
            return check();
        }
        return switch (name) {
            case CELEBA -> explain(CelebaFolder.guide(folder()));
            case EMNIST -> explain(EmnistFolder.guide(folder()));
            default -> fetch();
        };
    }

    private int fetch() {
        OfficialSet set = common.said(() -> OfficialSet.named(name));
        Path folder = folder();
        new Download(this::progress).fetch(set.files(), folder);
        common.say("Train on it with --data " + folder);
        common.print(
                folder.toString(),
                Map.of(
                        "folder",
                        folder.toString(),
                        "files",
                        set.files().stream().map(RemoteFile::name).toList()));
        return 0;
    }

    private void progress(String file, long done, long total) {
        if (done == total) {
            common.say(Words.of("%s  %,d bytes", file, done));
        } else if (ProgressDisplay.onTerminal()) {
            System.err.print(Words.of("\r%s  %,d%s bytes\r", file, done, total < 0 ? "" : Words.of(" of %,d", total)));
            System.err.flush();
        }
    }

    private int explain(String guide) {
        common.print(guide, Map.of("guide", guide));
        return 0;
    }

    private int check() {
        try {
            List<String> wrong = CelebaFolder.check(check);
            common.print(
                    wrong.isEmpty()
                            ? Words.of("%s holds all of CelebA. Train on it with --data %s", check, check)
                            : String.join(System.lineSeparator(), wrong),
                    Map.of("folder", check.toString(), "wrong", wrong));
            return wrong.isEmpty() ? 0 : FAILED;
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", check, failure.getMessage()), failure);
        }
    }

    private Path folder() {
        return out == null ? Path.of("data", name) : out;
    }
}
