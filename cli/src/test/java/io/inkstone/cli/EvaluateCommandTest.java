package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.image.PngText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        data = TinyRuns.data(folder, 80, 8, 1);
        generator = folder.resolve("generator");
        TinyRuns.train("fashion-gan", data, generator, "train.batch=20", "preview.count=2", "ema.halfLifePictures=0");
        judge = folder.resolve("judge");
        TinyRuns.train("sprites-classifier", data, judge, "train.epochs=3", "train.batch=20", "model.channels=[4,6]");
    }

    @Test
    void measuresARunAndComparesWhatWasMeasured() throws IOException {
        Terminal measured = Terminal.run("evaluate", generator, "--classifier", judge, "--seed", 5)
                .succeeded();
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

        JsonNode line = Terminal.run(
                        "evaluate", generator, "--classifier", judge, "--count", 40, "--metrics", "kid,fid", "--json")
                .succeeded()
                .json();
        assertThat(line.at("/protocol/count").asInt()).isEqualTo(40);
        assertThat(line.at("/figures/fid").isNumber()).isTrue();
        assertThat(line.at("/figures").has("precision")).isFalse();
        assertThat(Files.readAllLines(generator.resolve("evaluations.jsonl"))).hasSize(2);

        Terminal compared = Terminal.run("compare", generator, "--out", folder.resolve("comparison"))
                .succeeded();
        assertThat(compared.out()).contains("evaluated earlier").contains("40 pictures, one pass, judge");
        assertThat(compared.out()).containsOnlyOnce(" coverage").containsOnlyOnce(" classes ");
        assertThat(Files.readString(folder.resolve("comparison/comparison.json")))
                .contains("judgeSha256");
    }

    @Test
    void measuresPictures() {
        Terminal measured = Terminal.run(
                        "evaluate", data, "--data", data, "--classifier", judge, "--metrics", "fid,accuracy,modes")
                .succeeded();
        assertThat(measured.err()).contains("a random half");
        assertThat(measured.out()).contains("count                40").contains("label accuracy");
    }

    @Test
    void refusesWhatMakesNoSense() {
        Terminal.run("evaluate", generator, "--labels", "dark").failed(2, "evaluate draws the classes");
        Terminal.run("evaluate", generator, "--classifier", judge, "--inception", "file.pth")
                .failed(2, "name two judges");
        Terminal.run("evaluate", generator, "--metrics", "fidd")
                .failed(2, "there is no metric 'fidd'. Known: fid, kid");
        Terminal.run("evaluate", generator, "--count", 0).failed(2, "1 picture or more, got 0 (--count)");
        Terminal.run("evaluate", data, "--classifier", judge).failed(1, "Say which real pictures", "(--data)");
        Terminal.run("evaluate", generator, "--metrics", "fid")
                .failed(
                        1,
                        "'fid' cannot be measured: no embedded classifier knows the classes of pictures.npy",
                        "--classifier RUN");
        Terminal.run("evaluate", judge).failed(1, "judges pictures and draws none");
        Terminal.run(
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
                        1)
                .failed(2, "no run, so nothing is drawn: leave out --draws, --guidance, --steps, --batch.");
        Terminal.run("evaluate", generator, "--metrics", "kid", "--out", "a.png")
                .failed(2, "--out is the sheet of neighbours");
        Terminal.run("evaluate", judge, "--sampler", "heun", "--out", "a.png", "--weights", "raw")
                .failed(2, "draws no pictures: leave out --sampler, --out.");
        Terminal.run("evaluate", generator, "--floor", "--metrics", "nll")
                .failed(2, "floor measures fid, kid and mind");
        Terminal floor = Terminal.run("evaluate", generator, "--classifier", judge, "--floor", "--split", "train");
        floor.failed(1, "but pictures.npy holds out no pictures");
        assertThat(floor.err()).doesNotContain("--split train");
    }
}
