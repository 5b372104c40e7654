package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.Split;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.TinyFolders;
import io.inkstone.run.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run is measured with: its own data as it was, or other data, all of it. */
class OtherDataTest {
    @TempDir
    Path folder;

    private Path data;
    private Path other;

    @BeforeEach
    void writePictures() throws IOException {
        data = TinyFolders.add(folder.resolve("data"), "apple", 0, 30);
        TinyFolders.add(data, "banana", 0, 30);
        other = TinyFolders.add(folder.resolve("other"), "apple", 100, 110);
        TinyFolders.add(other, "banana", 100, 112);
    }

    private Path run(String... more) {
        return TinyRun.train(TinyRun.recipe(data, more), folder.resolve("run"), 1);
    }

    private static EvaluationWish wish(Optional<Path> data, Optional<Split> split, boolean accept) {
        return new EvaluationWish(
                EnumSet.of(Metric.NEIGHBOURS),
                OptionalInt.of(4),
                OptionalInt.empty(),
                data.map(Path::toString),
                split,
                0,
                SamplingOptions.DEFAULT,
                false,
                1,
                false,
                accept);
    }

    private static EvaluationReport measured(Path run, EvaluationWish wish) {
        return TinyEvaluation.of(run, Optional.empty(), wish);
    }

    @Test
    void allOfOtherDataIsMeasuredAndCopiesAreLookedForAmongTheRunsOwn() {
        EvaluationReport report = measured(run("data.holdOut=0.5"), wish(Optional.of(other), Optional.empty(), false));
        assertThat(report.protocol())
                .containsEntry(Protocol.DATA, other + ", all parts")
                .containsEntry(Protocol.REAL, 22);
        int held = new RunDirectory(folder.resolve("run"))
                .data()
                .orElseThrow()
                .heldOut()
                .pictures();
        assertThat(report.protocol().get(Protocol.NEAREST_OF).toString()).contains("training set of " + (60 - held));
        assertThat(report.figures()).containsKey(Figure.NEAREST_TRAINING_OF_REAL);
    }

    @Test
    void aPartOfOtherDataIsMeasuredWhereOneIsAskedFor() {
        EvaluationReport report = measured(run(), wish(Optional.of(other), Optional.of(Split.TRAIN), false));
        assertThat(report.protocol()).containsEntry(Protocol.DATA, other + ", train part");
    }

    @Test
    void copiesAreLeftOutWhereTheRunsOwnPicturesAreGone() throws IOException {
        Path run = run();
        Files.move(data, folder.resolve("gone"));
        EvaluationWish all = new EvaluationWish(
                Set.of(),
                OptionalInt.of(4),
                OptionalInt.empty(),
                Optional.of(other.toString()),
                Optional.empty(),
                0,
                SamplingOptions.DEFAULT,
                false,
                1,
                false);
        EvaluationReport report = measured(run, all);
        assertThat(report.figures()).doesNotContainKey(Figure.NEAREST_TRAINING);
        assertThat(report.notes())
                .anyMatch(note ->
                        note.startsWith("neighbours is left out: the pictures that it was trained on cannot be read"));
    }

    /** With another list other pictures may be held out than before, and some of them were trained on. */
    @Test
    void ownDataThatChangedAreRefusedWhereSomeAreHeldOut() throws IOException {
        Path run = run("data.holdOut=0.5");
        TinyFolders.add(data, "banana", 30, 33);
        EvaluationWish wish = wish(Optional.empty(), Optional.empty(), false);
        assertThatThrownBy(() -> measured(run, wish))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("may have been trained on");
        EvaluationReport report = measured(run, wish(Optional.empty(), Optional.empty(), true));
        assertThat(report.notes()).anyMatch(note -> note.startsWith("The data are not those that"));
    }

    @Test
    void ownDataThatChangedAreSaidWhereNoneAreHeldOut() throws IOException {
        Path run = run();
        TinyFolders.add(data, "banana", 30, 33);
        assertThat(measured(run, wish(Optional.empty(), Optional.empty(), false))
                        .notes())
                .anyMatch(note -> note.contains("63 pictures to train on, and there were 60"));
    }

    @Test
    void otherClassesAreRefusedAlsoInPlainEvaluation() throws IOException {
        Path run = run();
        Files.move(data.resolve("banana"), data.resolve("date"));
        assertThatThrownBy(() -> measured(run, wish(Optional.empty(), Optional.empty(), false)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("(apple, banana)")
                .hasMessageContaining("(apple, date)");
    }

    @Test
    void clothesUnderTheNameOfDigitsAreSaid() {
        try (MeasuredData digits = MeasuredData.of("mnist", Optional.empty())) {
            assertThat(digits.words()).contains("clothes of fashion-mnist");
            assertThat(digits.notes()).anyMatch(note -> note.contains("in place of MNIST"));
        }
    }
}
