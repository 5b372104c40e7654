package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.PngText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate} and what {@code compare} makes of it, on networks and data that are tiny. */
class EvaluateCommandTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path generator;
    private static Path judge;

    @BeforeAll
    static void train() throws IOException {
        data = data();
        generator = folder.resolve("generator");
        train(
                "fashion-gan",
                generator,
                "train.epochs=1",
                "train.batch=20",
                "preview.count=2",
                "ema.halfLifePictures=0");
        judge = folder.resolve("judge");
        train("sprites-classifier", judge, "train.epochs=3", "train.batch=20", "model.channels=[4,6]");
    }

    private static void train(String recipe, Path out, String... set) {
        List<Object> words = new ArrayList<>(List.of("train", recipe, "--data", data, "--out", out));
        for (String assignment : set) {
            words.add("--set");
            words.add(assignment);
        }
        Terminal trained = Terminal.run(words.toArray());
        assertThat(trained.exit()).as(trained.err()).isZero();
    }

    /** 80 pictures of 8×8 in two classes. */
    private static Path data() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pixels = new byte[80 * 8 * 8];
        float[] labels = new float[80 * 2];
        for (int i = 0; i < 80; i++) {
            labels[2 * i + i % 2] = 1;
            for (int j = 0; j < 64; j++) {
                pixels[64 * i + j] = (byte) (i % 2 * 150 + random.nextInt(60));
            }
        }
        Path place = Files.createDirectory(folder.resolve("data"));
        Npy.write(place.resolve("pictures.npy"), NdArray.of(pixels, 80, 8, 8, 1));
        Npy.write(place.resolve("labels.npy"), NdArray.of(labels, 80, 2));
        Files.writeString(place.resolve("classes.txt"), "dark\nbright\n");
        return place;
    }

    @Test
    void measuresARunAndComparesWhatWasMeasured() throws IOException {
        Terminal measured = Terminal.run("evaluate", generator, "--classifier", judge, "--seed", 5);
        assertThat(measured.exit()).as(measured.err()).isZero();
        assertThat(measured.out())
                .contains("data                 pictures.npy, train part")
                .contains("count                80")
                .contains("judge                judge")
                .contains("sampling             one pass")
                .contains("at most 200 of a class among the first 80 pictures and the first 80 real ones")
                .contains("FID ")
                .contains("lower is better")
                .containsPattern("\\n  dark +\\S+ \\(95 %: .* to .*\\) +of real pictures ")
                .containsPattern("\\nKID +\\S+ \\(95 %: ")
                .contains("nearest.png");
        assertThat(measured.err()).contains("pictures.npy holds out no pictures: train with data.holdOut");
        assertThat(PngText.read(generator.resolve("samples/nearest.png")))
                .containsKeys("Software", "inkstone.recipe")
                .hasEntrySatisfying("inkstone.evaluation", text -> assertThat(text)
                        .contains("\"nearestTraining\":", "training set of 80"));

        Terminal json = Terminal.run(
                "evaluate", generator, "--classifier", judge, "--count", 40, "--metrics", "kid,fid", "--json");
        JsonNode line = new ObjectMapper().readTree(json.out());
        assertThat(line.at("/protocol/count").asInt()).isEqualTo(40);
        assertThat(line.at("/figures/fid").isNumber()).isTrue();
        assertThat(line.at("/figures").has("precision")).isFalse();
        assertThat(Files.readAllLines(generator.resolve("evaluations.jsonl"))).hasSize(2);

        Terminal compared = Terminal.run("compare", generator, "--out", folder.resolve("comparison"));
        assertThat(compared.exit()).as(compared.err()).isZero();
        assertThat(compared.out()).contains("evaluated earlier").contains("40 pictures, one pass, judge");
        assertThat(compared.out()).containsOnlyOnce(" coverage").containsOnlyOnce(" classes ");
        assertThat(Files.readString(folder.resolve("comparison/comparison.json")))
                .contains("judgeSha256");
    }

    @Test
    void measuresPictures() {
        Terminal measured = Terminal.run(
                "evaluate", data, "--data", data, "--classifier", judge, "--metrics", "fid,accuracy,modes");
        assertThat(measured.exit()).as(measured.err()).isZero();
        assertThat(measured.err()).contains("a random half");
        assertThat(measured.out()).contains("count                40").contains("label accuracy");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertRefused("evaluate draws the classes", "evaluate", generator, "--labels", "dark");
        assertRefused("name two judges", "evaluate", generator, "--classifier", judge, "--inception", "file.pth");
        assertRefused("there is no metric 'fidd'. Known: fid, kid", "evaluate", generator, "--metrics", "fidd");
        assertRefused("--count must be 1 or more", "evaluate", generator, "--count", 0);
        assertRefused(
                "no run, so nothing is drawn: leave out --guidance, --steps, --batch, --draws.",
                "evaluate",
                data,
                "--data",
                data,
                "--steps",
                5,
                "--guidance",
                3,
                "--batch",
                4,
                "--draws",
                7,
                "--seed",
                1);
        assertRefused("--out is the sheet of neighbours", "evaluate", generator, "--metrics", "kid", "--out", "a.png");
        assertRefused(
                "draws no pictures: leave out --sampler, --out.",
                "evaluate",
                judge,
                "--sampler",
                "heun",
                "--out",
                "a.png",
                "--weights",
                "raw");
        assertRefused("--floor measures fid and kid", "evaluate", generator, "--floor", "--metrics", "nll");
        Terminal floor = Terminal.run("evaluate", generator, "--classifier", judge, "--floor", "--split", "train");
        assertThat(floor.exit()).isEqualTo(1);
        assertThat(floor.err())
                .contains("but pictures.npy holds out no pictures")
                .doesNotContain("--split train");
        Terminal alone = Terminal.run("evaluate", data, "--classifier", judge);
        assertThat(alone.exit()).isEqualTo(1);
        assertThat(alone.err()).contains("Say with --data which real pictures");
        Terminal judgeless = Terminal.run("evaluate", generator, "--metrics", "fid");
        assertThat(judgeless.exit()).isEqualTo(1);
        assertThat(judgeless.err())
                .contains("'fid' cannot be measured: no embedded classifier knows the classes of pictures.npy")
                .contains("--classifier RUN");
        Terminal judging = Terminal.run("evaluate", judge);
        assertThat(judging.exit()).isEqualTo(1);
        assertThat(judging.err()).contains("judges pictures and draws none");
    }

    private static void assertRefused(String sentence, Object... words) {
        Terminal refused = Terminal.run(words);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains(sentence);
    }
}
