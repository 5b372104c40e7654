package io.inkstone.data.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {
    @TempDir
    Path folder;

    /** Pictures of several sizes; classes with odd names; none, one or two captions. */
    private record Odd(int first, int count) implements PictureSet {
        private static final List<String> CLASSES = List.of("0x1F", "1_000", "1e3", "a, b", "no");

        @Override
        public DataInfo info() {
            return DataInfo.of("odd", count, Optional.empty(), 3)
                    .withClasses(CLASSES)
                    .withCaptions();
        }

        @Override
        public Pixels pixels(int index) {
            return Pixels.filled(2 + index, 3, (first + index) * 70_001);
        }

        @Override
        public Entry entry(int index) {
            List<String> captions =
                    index % 3 == 0 ? List.of() : index % 3 == 1 ? List.of("one") : List.of("two", "three");
            return new Entry("p" + index, Entry.oneHot((first + index) % 5, 5), captions);
        }
    }

    @Test
    void filesOfSomePicturesAreReadAsOneSet() throws IOException {
        Conversion.writeShard(new Odd(0, 4), folder.resolve("train-00000-of-00002.parquet"), done -> {});
        Conversion.writeShard(new Odd(4, 3), folder.resolve("train-00001-of-00002.parquet"), done -> {});
        Path broken = folder.resolve("test-00000-of-00001.parquet");
        assertThatThrownBy(() -> Conversion.writeShard(new Odd(0, 9), broken, done -> {
                    throw new IllegalStateException("given up");
                }))
                .hasMessage("given up");
        assertThat(folder.toFile().list()).hasSize(2); // nothing is left of what was given up
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.info().classes()).isEqualTo(Odd.CLASSES);
            assertThat(set.train().count()).isEqualTo(7);
            assertThat(set.train().pixels(5)).isEqualTo(new Odd(4, 3).pixels(1));
            assertThat(set.train().entry(6).context())
                    .isEqualTo(new Odd(4, 3).entry(2).context());
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aSetComesBackAsItWas(Form form) throws IOException {
        DataSet set = new DataSet(new Odd(0, 10), Optional.empty(), Optional.of(new Odd(10, 5)));
        Path out = folder.resolve("out");
        Conversion.write(set, form, out, done -> {});
        try (DataSet again = DataSource.open(out)) {
            assertThat(again.info().classes()).isEqualTo(Odd.CLASSES);
            assertThat(again.validation()).isEmpty();
            same(again.train(), set.train());
            same(again.test().orElseThrow(), set.test().orElseThrow());
        }
        assertThatThrownBy(() -> Conversion.write(set, form, out, done -> {})).hasMessageContaining("is not empty");
    }

    /** Folders sort pictures by class: found again by their colour, which each has alone. */
    private static void same(PictureSet again, PictureSet set) {
        assertThat(again.count()).isEqualTo(set.count());
        for (int i = 0; i < set.count(); i++) {
            Pixels wanted = set.pixels(i);
            int place = 0;
            while (!again.pixels(place).equals(wanted)) {
                place++;
            }
            assertThat(again.entry(place).context()).isEqualTo(set.entry(i).context());
            assertThat(again.entry(place).captions()).isEqualTo(set.entry(i).captions());
        }
    }

    @Test
    void attributesAreRefused() {
        try (DataSet faces = DataSource.open("faces")) {
            assertThatThrownBy(() -> Conversion.write(faces, Form.PARQUET, folder.resolve("x"), done -> {}))
                    .hasMessageContaining("faces has attributes");
        }
    }

    @Test
    void classesWithSlashes() {
        DataInfo info = DataInfo.of("x", 1, Optional.empty(), 3).withClasses(List.of("T-shirt/top", "."));
        assertThat(Conversion.folderNames(info)).containsValues("T-shirt-top", "_.");
        DataInfo two = info.withClasses(List.of("a/b", "a:b"));
        assertThatThrownBy(() -> Conversion.folderNames(two)).hasMessageContaining("the folder a-b");
    }
}
