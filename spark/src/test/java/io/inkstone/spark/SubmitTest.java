package io.inkstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words in, words and exit codes out. */
class SubmitTest {
    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    @Test
    void wrongWordsShowTheUsage() {
        for (List<String> words : List.of(List.<String>of(), List.of("draw"), List.of("train", "sprites"))) {
            Said said = submit(words.toArray(String[]::new));
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).contains("Usage", "prepare DATA FOLDER SHARDS");
        }
    }

    @Test
    void wordsDoWhatTheyName() throws IOException {
        for (int i = 0; i < 6; i++) {
            PictureFile.write(folder.resolve("data").resolve(i + ".png"), Pixels.filled(9, 9, 0x101010 * i));
        }
        String data = folder.resolve("data").toString();
        String out = folder.resolve("out").toString();
        LocalSpark.session();
        Said prepared = submit("prepare", data, out, "2", "8");
        assertThat(prepared.code()).as(prepared.err()).isZero();
        assertThat(prepared.out()).contains("6 pictures");
        assertThat(Path.of(out, "train-00001-of-00002.parquet")).exists();
        LocalSpark.session();
        Said again = submit("prepare", data, out, "2", "8");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err())
                .startsWith("inkstone: ")
                .contains("is not empty")
                .doesNotContain("\tat ");
        Files.writeString(folder.resolve("rows.csv"), "seed,labels\n6,0\n");
        LocalSpark.session();
        Said none = submit(
                "sample",
                folder.resolve("no-run").toString(),
                folder.resolve("rows.csv").toString(),
                out + "-2");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err().lines()).hasSize(1);
        assertThat(none.err()).contains("no-run");
    }

    private static Said submit(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Submit.run(words, print(out), print(err));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
