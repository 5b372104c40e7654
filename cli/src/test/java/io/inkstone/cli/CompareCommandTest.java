package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare} of runs that draw and runs that only encode, each with what was measured of it. */
class CompareCommandTest {
    private static final String GENERATOR =
            """
            {"protocol": {"time": "2026-01-01T00:00:00Z", "data": "d", "seed": 0, "count": 40, "real": 60, "sampling": "one pass", "judge": "eye", "judgeSha256": "a", "overlapPictures": 40}, "figures": {"fid": 9, "fidLow": 8, "fidHigh": 10, "precision": 0.5}}
            {"protocol": {"time": "2026-01-02T00:00:00Z", "data": "d", "seed": 0, "count": 60, "real": 60, "sampling": "one pass", "judge": "eye", "judgeSha256": "a", "overlapPictures": 60}, "figures": {"fid": 4, "fidLow": 3.7, "fidHigh": 4.3}}
            """;
    private static final String AUTOENCODER =
            """
            {"protocol": {"time": "2026-01-03T00:00:00Z", "data": "d", "seed": 0, "reconstructed": "60 pictures"}, "figures": {"psnr": 21.5, "psnrLow": 21, "psnrHigh": 22, "ssim": 0.75}}
            """;

    @TempDir
    static Path folder;

    private static Path generator;
    private static Path autoencoder;

    @BeforeAll
    static void train() throws IOException {
        Path data = TinyRuns.data(folder);
        generator = folder.resolve("generator");
        TinyRuns.train("fashion-gan", data, generator, "train.batch=20", "preview.count=2");
        autoencoder = folder.resolve("autoencoder");
        TinyRuns.train(
                "faces-autoencoder",
                data,
                autoencoder,
                "data.size=16",
                "data.crop=0",
                "model.width=8",
                "model.multipliers=[1,1]",
                "model.latent=2",
                "model.groups=4",
                "train.batch=20",
                "preview.everySteps=0");
        Files.writeString(generator.resolve("evaluations.jsonl"), GENERATOR);
        Files.writeString(autoencoder.resolve("evaluations.jsonl"), AUTOENCODER);
    }

    /** The newest FID, the precision of the line before, and figures of a run that draws nothing. */
    @Test
    void showsTheNewestOfEveryFigureThatAnyRunHas() {
        Path out = folder.resolve("both");
        Terminal compared =
                Terminal.run("compare", generator, autoencoder, "--out", out).succeeded();
        assertThat(compared.out().lines())
                .anyMatch(line -> line.matches("generator +4\\.000 ±0\\.30"))
                .anyMatch(line -> line.matches("generator +0\\.5000"))
                .anyMatch(line -> line.matches("autoencoder +21\\.50 ±0\\.50 +0\\.7500"))
                .anyMatch(line -> line.matches("autoencoder +[\\d,]+ .* - +- +- +no pictures"))
                .anyMatch(line -> line.matches(".*T00:00:00Z: 60 pictures, one pass, eye"))
                .anyMatch(line -> line.contains("no pictures drawn"))
                .noneMatch(line -> line.contains("measured differently"));
        assertThat(out.resolve("comparison.png")).isRegularFile();
    }

    @Test
    void needsNoSheetWhereNothingIsDrawn() {
        Path out = folder.resolve("alone");
        JsonNode compared = Terminal.run("compare", autoencoder, "--out", out, "--json")
                .succeeded()
                .json();
        assertThat(compared.has("sheet")).isFalse();
        assertThat(compared.at("/runs/0/parameters").asLong()).isPositive();
        assertThat(compared.at("/evaluations/autoencoder/0/figures/psnr").asDouble())
                .isEqualTo(21.5);
        assertThat(out.resolve("comparison.png")).doesNotExist();
    }

    @Test
    void warnsWhereProtocolsDiffer() throws IOException {
        Path other = folder.resolve("seeds");
        Files.createDirectories(other);
        Path copy = copied(generator, other.resolve("generator"));
        Files.writeString(copy.resolve("evaluations.jsonl"), GENERATOR.replace("\"seed\": 0", "\"seed\": 1"));
        assertThat(Terminal.run("compare", generator, copy, "--out", other)
                        .succeeded()
                        .out())
                .contains("These were measured differently (seed): do not compare them.");
    }

    /** Copies looked for among other pictures; how many pictures diversity took belongs to another table. */
    @Test
    void warnsWhereOtherPicturesWereSearched() throws IOException {
        Path other = folder.resolve("searched");
        Files.createDirectories(other);
        Path one = copied(generator, other.resolve("one"));
        Path two = copied(generator, other.resolve("two"));
        String line =
                """
                {"protocol": {"data": "d", "count": 40, "nearestOf": "%s", "diversityOf": "40"}, "figures": {"copies": 0.1, "diversity": 0.9}}
                """;
        Files.writeString(one.resolve("evaluations.jsonl"), line.formatted("all"));
        Files.writeString(two.resolve("evaluations.jsonl"), line.formatted("all, also mirrored"));
        assertThat(Terminal.run("compare", one, two, "--out", other).succeeded().out())
                .containsOnlyOnce("measured differently")
                .contains("These were measured differently (nearestOf): do not compare them.");
    }

    private static Path copied(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}
