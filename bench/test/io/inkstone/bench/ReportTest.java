package io.inkstone.bench;

import static io.inkstone.bench.Examples.LARGE;
import static io.inkstone.bench.Examples.SMALL;
import static io.inkstone.bench.Examples.at;
import static io.inkstone.bench.Examples.cell;
import static io.inkstone.bench.Examples.learnt;
import static io.inkstone.bench.Examples.line;
import static io.inkstone.bench.Examples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Circumstances MORNING = at("morning", SMALL, "torch.compile");
    private static final Circumstances NOON = at("noon", SMALL);

    @Test
    void rowsStandUnderTheirOwnCircumstances() {
        String text = text(
                line("unet-16", MORNING, "inkstone", cell(1, 2)),
                line("unet-28", MORNING, "inkstone", cell(1, 2)),
                line("dnn", NOON, "inkstone", cell(1, 2)));
        assertThat(text)
                .contains("- **unet-16, unet-28**: morning. Small, 2 cores, AVX512-BF16; threads: 2; Java 17.0.1.")
                .contains("matrix products float32 207")
                .contains("Left out: torch.compile.")
                .contains("- **dnn**: noon.")
                .contains("- Rows that were not measured: vae, sample, autoencoder-128, code-512, autoencoder-512,"
                        + " sd-open, sd-step, sd-picture, input, start, busy, busy-autoencoder, busy-sample.");
    }

    @Test
    void namesWhatWasMeasuredOnce() {
        assertThat(text(line("unet-16", NOON, "inkstone", cell(1, 2), "published", cell(3))))
                .contains("- Measured only once, because a step takes so long: unet-16 (published).");
    }

    @Test
    void ratiosAndLimitsAreJudged() {
        assertThat(text(line("unet-16", NOON, "inkstone", cell(100, 100), "best", cell(151, 151))))
                .contains("| 151 ms (2, ±0 %) | **1.51** reached (≥ 1.5, aim 2) |");
        assertThat(text(line("input", NOON, "inkstone", cell(500, 500))))
                .contains("| input, first | **2,000 pictures/s** reached (≥ 1,500 pictures/s) |");
        assertThat(text(line("start", NOON, "inkstone", cell(373, 373))))
                .contains("| start, help | 373 ms missed (≤ 300 ms) |");
        assertThat(text(line("autoencoder-512", NOON, "inkstone", Examples.ended("", 8100, 1))))
                .contains("| autoencoder-512 | 8,100 MB missed (≤ 6,500 MB) |");
    }

    @Test
    void theFirstLossMustBeTheSameInFloat32() {
        String text = text(line(
                "unet-16",
                NOON,
                "inkstone",
                learnt("bfloat16", 1.001, 0.6),
                "published",
                learnt("eager, float32", 1.000001, 0.7),
                "best.float32",
                learnt("float32", 1.0001, 0.5),
                "inkstone.float32",
                learnt("float32", 1.0, 0.5, 0.4)));
        assertThat(text)
                .contains("in float32 to 0.001 % (", "is compared (to 0.01 %;")
                .contains("| unet-16 | inkstone | 1.00100 | +0.10 % | 0.600000 after step 2 | +20 % |")
                .contains("| unet-16 | published | 1.00000 | +0.00010 % | 0.700000 after step 2 | +40 % |")
                .contains(
                        "| unet-16 | best.float32 | 1.00010 | +0.010 % **differs** | 0.500000 after step 2 | +0.0 % |");
    }

    @Test
    void rowsOfTheSameProcessorAreKept() throws IOException {
        Path folder = Files.createTempDirectory("report");
        write(folder, line("dnn", MORNING, "inkstone", cell(1, 2, 3)), line("vae", MORNING, "inkstone", cell(4)));
        Report next = new Report(folder);
        next.keepAllBut(Set.of("vae"), SMALL);
        next.add(line("vae", NOON, "inkstone", cell(5)));
        next.write();
        assertThat(Files.readString(next.file()))
                .contains("- **dnn**: morning.", "- **vae**: noon.", "| dnn | 2.00 ms (3");
    }

    @Test
    void rowsOfAnotherProcessorHaveTheirOwnChapter() throws IOException {
        Path folder = Files.createTempDirectory("report");
        write(folder, line("dnn", MORNING, "inkstone", cell(1)), line("vae", MORNING, "inkstone", cell(4)));
        Report next = new Report(folder);
        next.keepAllBut(Set.of("vae"), LARGE);
        next.add(line("vae", at("noon", LARGE), "inkstone", cell(5), "best", cell(10)));
        next.write();
        String both = Files.readString(next.file());
        assertThat(both)
                .containsSubsequence(
                        "| vae | 4.00 ms; published –; best –; products – | 5.00 ms; published –; best 2.00;",
                        "## Small, 2 cores, AVX512-BF16",
                        "- **dnn, vae**: morning.",
                        "| dnn | 1.00 ms (1)",
                        "## Large, 64 cores, AMX bfloat16",
                        "- **vae**: noon.",
                        "| vae | 5.00 ms (1)");
        Report again = new Report(folder);
        again.keepAllBut(Set.of(), LARGE);
        again.write();
        assertThat(Files.readString(again.file())).isEqualTo(both);
    }

    @Test
    void theReportOfOneProcessorIsReadWithoutAList() throws IOException {
        Path folder = Files.createTempDirectory("report");
        Line line = line("dnn", MORNING, "inkstone", cell(1, 2, 3));
        byte[] rows = new ObjectMapper()
                .registerModule(new Jdk8Module())
                .writeValueAsBytes(Map.of("seconds", Map.of("dnn", 7.0), "rows", List.of(line.fields())));
        Files.write(folder.resolve("report.json"), rows);
        Report next = new Report(folder);
        next.keepAllBut(Set.of("vae"), LARGE);
        next.write();
        assertThat(Files.readString(next.file()))
                .contains("## Small, 2 cores", "| dnn | 2.00 ms (3", "Seconds that the rows took: dnn 7.");
    }

    @Test
    void aReportOfAnOlderFormIsRefused() throws IOException {
        Path folder = Files.createTempDirectory("report");
        Files.writeString(folder.resolve("report.json"), "{\"rows\": [{\"name\": \"dnn\"}]}");
        assertThatThrownBy(() -> new Report(folder).keepAllBut(Set.of("vae"), SMALL))
                .hasMessageContaining("does not say where dnn was measured");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Line line = line("unet-16", MORNING, "inkstone", learnt("bfloat16", 1, 2));
        Line again = Examples.written(line);
        assertThat(again.circumstances()).isEqualTo(MORNING);
        assertThat(again.cell("inkstone").orElseThrow().written())
                .isEqualTo(line.cell("inkstone").orElseThrow().written());
    }

    private static void write(Path folder, Line... lines) throws IOException {
        Report report = new Report(folder);
        for (Line line : lines) {
            report.add(line);
        }
        report.write();
    }
}
