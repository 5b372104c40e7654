package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.SharedData;
import io.inkstone.data.source.DataSource;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on with the data that it was begun with, or says what changed. */
class RememberedDataTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void writePictures() throws IOException {
        data = folder.resolve("data");
        TinyFolders.add(data, "apple", 0, 12);
        TinyFolders.add(data, "banana", 0, 12);
    }

    private Path begin(String... more) {
        return TinyRun.train(recipe(more), folder.resolve("run"), 2);
    }

    private Recipe recipe(String... more) {
        return TinyRun.recipe(data, more);
    }

    private static TrainingRun accepting(Path run) {
        return TrainingRun.resume(new GoingOn(run, List.of(), ComputeDevice.CPU).acceptingDataChange(true));
    }

    @Test
    void whatItWasBegunWithStandsInTheRun() {
        KnownData known = new RunDirectory(begin()).data().orElseThrow();
        assertThat(known.classes()).containsExactly("apple", "banana");
        assertThat(known.training().pictures()).isEqualTo(24);
        assertThat(known.heldOut()).isEqualTo(KnownData.Part.NONE);
        assertThat(known.source()).isEqualTo(data.toString());
    }

    @Test
    void morePicturesAreRefusedUntilSomebodyAccepts() throws IOException {
        Path run = begin();
        TinyFolders.add(data, "banana", 12, 15);
        String before = Files.readString(run.resolve("data.json"));
        assertThatThrownBy(() -> TinyRun.reopen(run))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("27 pictures to train on, and there were 24")
                .hasMessageContaining("--accept-data-change");
        assertThat(run.resolve("data.json")).hasContent(before);
        try (TrainingRun more = accepting(run)) {
            assertThat(more.warnings())
                    .anyMatch(note -> note.startsWith("Going on with other data than before: 27 pictures"));
        }
        TinyRun.reopen(run).close(); // it remembers these now
    }

    @Test
    void aLabelOrANameThatChangedIsNoticed() throws IOException {
        Path run = begin();
        Files.move(data.resolve("apple/003.png"), data.resolve("apple/1003.png"));
        assertThatThrownBy(() -> TinyRun.reopen(run))
                .hasMessageContaining("the list of 24 pictures to train on is another (names or labels)");
    }

    /** Whatever pictures are called, and whichever come and go, none that was held out is ever trained on, or the other way. */
    @Test
    void renamingAndAddingMovesNone() throws IOException {
        TinyFolders.add(data, "apple", 12, 60);
        Path run = begin("data.holdOut=0.3");
        Set<String> held = contents(parts(run).heldOut().orElseThrow());
        Set<String> trained = contents(parts(run).train());
        assertThat(held).hasSizeBetween(8, 40).doesNotContainAnyElementsOf(trained);
        for (int i = 0; i < 40; i++) {
            Files.move(data.resolve("apple/%03d.png".formatted(i)), data.resolve("apple/z%d.png".formatted(7 * i)));
        }
        TinyFolders.add(data, "banana", 12, 40);
        Files.delete(data.resolve("apple/050.png"));
        accepting(run).close();
        assertThat(contents(parts(run).heldOut().orElseThrow())).doesNotContainAnyElementsOf(trained);
        assertThat(contents(parts(run).train()))
                .doesNotContainAnyElementsOf(held)
                .hasSizeGreaterThan(trained.size());
    }

    private static DataSet parts(Path run) {
        DataConfig config = new RunDirectory(run).recipe().data();
        return config.open().holdingOut(config.heldOut());
    }

    private static Set<String> contents(PictureSet set) {
        return IntStream.range(0, set.count())
                .mapToObj(i -> Arrays.toString(set.content(i)))
                .collect(Collectors.toSet());
    }

    /** Banana replaced by date: as many classes, of which the network knows only one. */
    @Test
    void otherClassesAreRefusedWithBothLists() throws IOException {
        Path run = begin();
        Files.move(data.resolve("banana"), data.resolve("date"));
        assertThatThrownBy(() -> TinyRun.reopen(run))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("knows 2 classes (apple, banana)")
                .hasMessageContaining("has 2 classes (apple, date)");
        accepting(run).close();
    }

    @Test
    void aClassThatWasAddedIsRefusedWithBothLists() throws IOException {
        Path run = begin();
        TinyFolders.add(data, "cherry", 0, 4);
        assertThatThrownBy(() -> accepting(run))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has 3 classes (apple, banana, cherry)");
    }

    /** What the run calls a class is trained on the pictures of that class, wherever a list has it. */
    @Test
    void classesInAnotherOrderAreMetByName() throws IOException {
        Path begun = SharedData.situation("resume-classes/npy-swapped"); // classes.txt: c, a
        Path root = folder.resolve("ac");
        TinyFolders.add(root, "a", 0, 8);
        TinyFolders.add(root, "c", 0, 8);
        Path run = TinyRun.train(TinyRun.recipe(root, "data.size=8"), folder.resolve("run"), 1);
        try (TrainingRun more = TinyRun.reopen(run, "data.source=" + begun)) {
            assertThat(more.recipe().data().form().classes()).containsExactly("a", "c");
            assertThat(more.warnings()).anyMatch(note -> note.startsWith("Going on with other data"));
        }
        RunClasses known = RunClasses.of(new RunDirectory(run), List.of("a", "c"));
        DataSet opened = DataSource.open(begun.toString());
        Recipe recipe = new RunDirectory(run).recipe();
        try (RunData swapped = new RunData(opened, recipe, known.order(opened.info(), false))) {
            Examples all = swapped.spread(100);
            for (int i = 0; i < all.pictures().size(); i++) {
                float[] own = opened.train().entry(i).context();
                assertThat(all.conditions().get(i).weights().orElseThrow()).containsExactly(own[1], own[0]);
            }
        }
    }

    @Test
    void classFoldersThatWereRenamedAreRefused() throws IOException {
        Path root = folder.resolve("ac");
        TinyFolders.add(root, "a", 0, 8);
        TinyFolders.add(root, "c", 0, 8);
        Path run = TinyRun.train(TinyRun.recipe(root), folder.resolve("run"), 1);
        Files.move(root.resolve("c"), root.resolve("0c"));
        assertThatThrownBy(() -> TinyRun.reopen(run))
                .hasMessageContaining("knows 2 classes (a, c)")
                .hasMessageContaining("has 2 classes (0c, a)");
    }

    /** A run of an earlier version has no data.json: only its classes are compared. */
    @Test
    void aRunThatRemembersNothingIsLeftAlone() throws IOException {
        Path run = begin();
        Files.delete(run.resolve("data.json"));
        TinyFolders.add(data, "banana", 12, 15);
        TinyRun.reopen(run).close();
        assertThat(run.resolve("data.json")).doesNotExist();
    }

    @Test
    void dataThatHasNoStepIsRefusedBeforeADirectoryExists() {
        Path out = folder.resolve("none");
        assertThatThrownBy(() -> TinyRun.start(recipe("train.dropLast=true", "train.batch=25"), out))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("24 pictures to train on, fewer than a batch of 25")
                .hasMessageContaining("train.batch=24");
        assertThat(out).doesNotExist();
    }

    /** 24 pictures in batches of 23: the last one is a single picture, of which batch normalisation learns nothing. */
    @Test
    void aBatchOfOneIsRefusedWhereTheNetworkCannotLearnFromIt() {
        Path out = folder.resolve("none");
        Recipe dnn = Recipes.load("fashion-dnn", List.of("train.batch=23", "train.dropLast=false", "data.size=8"))
                .withSource(data.toString());
        assertThatThrownBy(() -> TinyRun.start(dnn, out))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Batch normalisation needs 2 or more values a channel");
        assertThat(out).doesNotExist();
        TinyRun.start(recipe("train.batch=23"), out).close(); // this one can
    }
}
