package io.inkstone.run;

import io.inkstone.array.FileSteps;
import io.inkstone.train.Concern;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.Pace;
import io.inkstone.train.SkippedStep;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The story of a run for people: log.txt, a line when it starts, goes on, ends an epoch, stops. */
final class RunLog implements Listener {
    private final Path file;
    private final List<String> notes;
    private final Environment environment;

    /** @param notes what was said before training */
    RunLog(Path file, List<String> notes, Environment environment) {
        this.file = file;
        this.notes = notes;
        this.environment = environment;
    }

    @Override
    public void started(Trainer trainer) {
        write(
                "%s at step %d: Inkstone %s, libtorch %s, Java %s, %s, %s on %s, %d threads",
                trainer.position().step() == 0 ? "started" : "goes on",
                trainer.position().step(),
                environment.inkstone(),
                environment.libtorch(),
                environment.java(),
                environment.processor(),
                environment.precision().word(),
                environment.device(),
                environment.threads());
        notes.forEach(note -> write("%s", note));
    }

    @Override
    public void skipped(Trainer trainer, SkippedStep report) {
        write(
                "step %d was left out (%s): its loss or a gradient was no number; %d left out so far",
                report.position().step(), String.join(", ", report.phases()), report.soFar());
    }

    @Override
    public void concerned(Trainer trainer, Concern concern) {
        write("%s", concern.words());
    }

    @Override
    public void noted(Trainer trainer, String sentence) {
        note(sentence);
    }

    @Override
    public void epochEnded(Trainer trainer, EpochReport report) {
        write(
                "epoch %d ended at step %d after %.0f s: %s%s",
                report.position().epoch(),
                report.position().step(),
                report.position().seconds(),
                report.words(),
                report.pace().map(RunLog::words).orElse(""));
    }

    private static String words(Pace pace) {
        return String.format(
                Locale.ROOT,
                ", %.1f pictures/s, waited for data %.1f %% of the time",
                pace.picturesPerSecond(),
                100 * pace.waitedFraction());
    }

    @Override
    public void interrupted(Trainer trainer) {
        write("interrupted and saved at step %d", trainer.position().step());
    }

    @Override
    public void finished(Trainer trainer) {
        write(
                "finished at step %d after %.0f s",
                trainer.position().step(), trainer.position().seconds());
    }

    /** A sentence about what went wrong on the way and did no harm. */
    void note(String sentence) {
        write("%s", sentence);
    }

    private void write(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        String time = LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        try {
            FileSteps.writing(file);
            Files.writeString(
                    file,
                    time + " " + line + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
