package io.inkstone.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.condition.Condition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskedTest {
    private static final KnownClasses MODEL = KnownClasses.of("hat", "glasses", "7", "a, b", "x=1");

    @TempDir
    static Path folder;

    private static List<Condition> labels(String words, int count) {
        return new Asked.Labels(words).said(MODEL, count);
    }

    private static Condition one(int index) {
        return Condition.oneOf(index, 5);
    }

    @Test
    void labelsAreNumbersOrNames() {
        assertThat(labels("1,hat", 2)).containsExactly(one(1), one(0));
        assertThat(labels(" glasses ", 2)).containsExactly(one(1), one(1));
        // A name wins over a number.
        assertThat(labels("7", 1)).containsExactly(one(2));
        assertThat(new Asked.Labels("1,hat,").number()).hasValue(2);
    }

    @Test
    void aNameWithACommaStandsInQuotes() {
        assertThat(labels("\"a, b\",hat, \"7\"", 3)).containsExactly(one(3), one(0), one(2));
        assertThat(Asked.context("\"a, b\"=0.5, \"x=1\" = 2,hat").said(MODEL, 1))
                .containsExactly(Condition.classes(1, 0, 0, 0.5f, 2));
        assertThat(Asked.labels(List.of("a, b", "hat"))).isEqualTo(new Asked.Labels("\"a, b\",hat"));
        assertThatThrownBy(() -> new Asked.Labels("\"a, b,hat")).hasMessageContaining("is not closed");
        assertThatThrownBy(() -> labels("a, b", 2)).hasMessageContaining("Known: hat, glasses, 7, \"a, b\", \"x=1\".");
    }

    /** Whatever a class is called, its written name is read as that class. */
    @Property(tries = 300)
    void everyNameCanBeWritten(@ForAll @NotEmpty List<@NotEmpty String> names) {
        KnownClasses model = new KnownClasses(names.stream().distinct().toList(), true);
        List<Condition> rows =
                Asked.labels(model.classes()).said(model, model.classes().size());
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).isEqualTo(Condition.oneOf(i, rows.size()));
        }
    }

    @Test
    void mixesHaveWeights() {
        assertThat(Asked.context("hat=0.7, glasses=0.3").said(MODEL, 3))
                .hasSize(3)
                .containsOnly(Condition.classes(0.7f, 0.3f, 0, 0, 0));
        assertThatThrownBy(() -> Asked.context("hat=much")).hasMessageContaining("such as 0.7");
        assertThatThrownBy(() -> Asked.context("hat=")).hasMessageContaining("such as 0.7");
        assertThat(Asked.context("none")).isEqualTo(Asked.NONE);
        assertThat(Asked.NONE.said(MODEL, 2)).isEmpty();
        assertThat(Asked.NONE.row(MODEL)).containsExactly(0, 0, 0, 0, 0);
    }

    @Test
    void arraysAreReadRowByRow() throws IOException {
        Path file = folder.resolve("c.npy");
        Npy.write(file, NdArray.of(new float[] {1, 2, 3, 4}, 2, 2));
        Asked rows = Asked.context(file.toString());
        assertThat(rows.number()).hasValue(2);
        assertThat(rows.said(KnownClasses.of("a", "b"), 2))
                .containsExactly(Condition.classes(1, 2), Condition.classes(3, 4));
        assertThat(rows.files()).containsExactly(file.toString());
        Path wide = folder.resolve("wide.npy");
        Npy.write(wide, NdArray.of(new float[9], 1, 9));
        assertThatThrownBy(() -> Asked.context(wide.toString()).row(MODEL))
                .hasMessage("The context of %s: expected shape [5], got [9].".formatted(wide));
        assertThat(Asked.context("c.npy").absolute())
                .isEqualTo(new ContextRows(Path.of("c.npy").toAbsolutePath().toString()));
        assertThat(Asked.context("hat").absolute()).isEqualTo(Asked.context("hat"));
    }

    @Test
    void namesWhatIsUnknown() {
        assertThatThrownBy(() -> labels("hatt", 1)).hasMessageContaining("no class 'hatt'. Did you mean hat?");
        assertThatThrownBy(() -> labels("9", 1)).hasMessageContaining("this model has 5, 0 to 4");
        assertThatThrownBy(() -> labels("0,1", 3))
                .hasMessage("2 labels for 3 pictures: give one for each, or one for all.");
        assertThatThrownBy(() -> new Asked.Labels("0").said(KnownClasses.of(), 1))
                .hasMessageContaining("without classes")
                .asInstanceOf(type(InputException.class))
                .extracting(InputException::keys, list(String.class))
                .containsExactly("labels", "context");
    }

    /** The three ways exclude each other; words are for models that read them. */
    @Test
    void thereIsOneWayToSayIt() {
        assertThatThrownBy(() -> AskedKeys.ASKED.of(Optional.of("hat"), Optional.empty(), Optional.of("a hat")))
                .hasMessage("labels, context, prompt exclude each other: say one of them.");
        assertThatThrownBy(() -> Asked.avoided(Optional.of("hat"), Optional.of("a hat")))
                .hasMessage("negative, negativePrompt exclude each other: say one of them.");
        assertThatThrownBy(() -> new Asked.Prompt("a hat").said(MODEL, 1))
                .hasMessageStartingWith("This model was not trained on words (\"a hat\"), which was asked for.");
        assertThatThrownBy(() -> new Asked.Prompt(" ")).hasMessageContaining("leave it out");
    }

    @Test
    void aModelThatSawOnlyLabelsWantsOne() {
        KnownClasses always = new KnownClasses(List.of("hat"), false);
        assertThatThrownBy(() -> Asked.NOTHING.conditions(always, 1)).hasMessageContaining("the context none");
        assertThat(Asked.NONE.conditions(always, 1)).isEmpty();
        assertThat(Asked.NOTHING.conditions(MODEL, 1)).isEmpty();
    }

    /** Two classes are those of the ends; half way lies the mean. */
    @Test
    void twoClassesMakeAWay() {
        KnownClasses two = KnownClasses.of("a", "b");
        assertThat(new Asked.Labels("a,b").along(two, 3))
                .containsExactly(Condition.classes(1, 0), Condition.classes(0.5f, 0.5f), Condition.classes(0, 1));
        assertThatThrownBy(() -> new Asked.Labels("a,b,a").along(two, 4)).hasMessageContaining("two for its ends");
    }
}
