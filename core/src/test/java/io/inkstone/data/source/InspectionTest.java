package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
