package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
    @TempDir
    Path folder;

    private Inspection look(Path path, int crop) {
        return Inspection.of(path.toString(), crop > 0 ? OptionalInt.of(crop) : OptionalInt.empty(), done -> {});
    }

    @Test
    void countsSizesClassesAndDamage() throws IOException {
        TestPictures.png(folder.resolve("a/1.png"), 4, 4, 1);
        TestPictures.png(folder.resolve("a/2.png"), 8, 8, 1);
        TestPictures.png(folder.resolve("b/3.png"), 8, 8, 1);
        Files.writeString(folder.resolve("b/4.png"), "broken");
        Files.createDirectories(folder.resolve("docs"));
        Inspection seen = look(folder, 6);
        assertThat(seen.kind()).isEqualTo("class folders (a/, b/)");
        Inspection.Part part = seen.parts().get(0);
        assertThat(part.sizes()).containsExactly(Map.entry("8×8", 2), Map.entry("4×4", 1));
        assertThat(part.classes()).containsExactly(Map.entry("a", 2), Map.entry("b", 2));
        assertThat(part.damaged()).singleElement().asString().startsWith("b/4.png");
        assertThat(part.small()).containsExactly("a/1.png");
        assertThat(seen.subfolders())
                .containsEntry("a", "pictures (1.png, …)")
                .containsEntry("docs", "no data; 0 files and 0 folders");
        assertThat(seen.isSound()).isFalse();
    }

    @Test
    void picturesThatAreEqualWithinAndAcrossParts() throws IOException {
        TestPictures.png(folder.resolve("train/a/1.png"), 4, 4, 1);
        TestPictures.png(folder.resolve("train/a/2.png"), 4, 4, 1);
        TestPictures.png(folder.resolve("train/a/3.png"), 4, 4, 2);
        TestPictures.png(folder.resolve("train/b/4.png"), 4, 2, 1);
        TestPictures.png(folder.resolve("test/b/5.png"), 4, 4, 2);
        Files.writeString(folder.resolve("train/a/1.txt"), "one two three");
        InspectionWish wish = InspectionWish.PLAIN.withIds(text -> text.split(" ").length);
        Inspection seen = Inspection.of(folder.toString(), wish);
        Inspection.Part train = seen.parts().get(0);
        assertThat(seen.kind()).isEqualTo("parts of a set (test/, train/)");
        assertThat(train.duplicates()).containsExactly(List.of("train/a/1.png", "train/a/2.png"));
        assertThat(seen.shared()).containsExactly(Map.entry("test", List.of(List.of("test/b/5.png", "train/a/3.png"))));
        assertThat(train.nearlyEmpty()).containsExactly("b (1)");
        assertThat(train.lengths()).contains(new Inspection.Lengths(3, 3, 3, 1));
        assertThat(seen.isSound()).isTrue();
    }

    @Test
    void aPlaceThatCannotBeOpenedStillSaysWhatLiesBelow() throws IOException {
        TestPictures.png(folder.resolve("a/1.png"), 4, 4, 1);
        TestPictures.png(folder.resolve("b/1.png"), 4, 4, 1);
        TestPictures.png(folder.resolve("c.png"), 4, 4, 1);
        Inspection seen = look(folder, 0);
        assertThat(seen.problem().orElseThrow()).contains("two kinds of data");
        assertThat(seen.subfolders()).hasSize(2);
        assertThatThrownBy(() -> look(folder.resolve("none"), 0)).hasMessageContaining("There is no");
    }

    @Test
    void embeddedAndRealSets() {
        assertThat(Inspection.of("avatars", OptionalInt.empty(), done -> {})
                        .parts()
                        .get(0)
                        .classes())
                .containsEntry("hat", 800);
        Inspection faces = Inspection.of("faces", OptionalInt.of(168), done -> {});
        assertThat(faces.parts()).allMatch(part -> part.info().cropped());
        assertThat(faces.parts()).allMatch(part -> part.small().isEmpty());
        assertThat(faces.isSound()).isTrue();
        Inspection captions = look(SharedData.path("captions512"), 512);
        assertThat(captions.isSound()).isTrue();
        assertThat(captions.parts().get(0).captions()).hasSize(3);
        assertThat(captions.subfolders().get("train")).contains("metadata.jsonl");
    }
}
