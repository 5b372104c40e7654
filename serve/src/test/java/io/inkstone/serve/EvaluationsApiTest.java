package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of several runs in one answer, and which of them compare. */
class EvaluationsApiTest {
    @TempDir
    Path folder;

    /** What {@code evaluate} would have written: some figures that went by {@code count} pictures. */
    static void measured(Path run, int count, String figures) throws Exception {
        String line =
                ("{'protocol':{'time':'2026-11-30T08:00:00Z','data':'tiny','real':100,'count':%d,'sampling':'ddim',"
                                + "'seed':0,'judge':'a judge','judgeSha256':'00','precision':'float32'},'figures':{%s},'notes':[]}\n")
                        .formatted(count, figures)
                        .replace('\'', '"');
        Files.writeString(
                run.resolve("evaluations.jsonl"),
                line,
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
    }

    private void run(String name) throws Exception {
        Path root = Files.createDirectories(folder.resolve("runs").resolve(name));
        Files.copy(Trained.runs().resolve("tiny/recipe.yaml"), root.resolve("recipe.yaml"));
        try (var files = Files.walk(Trained.runs().resolve("tiny/checkpoints"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        root.resolve(
                                Trained.runs().resolve("tiny").relativize(file).toString()));
            }
        }
    }

    @Test
    void figuresStandBesideEachOtherWithWhatDiffers() throws Exception {
        for (String name : new String[] {"one", "two", "three"}) {
            run(name);
        }
        measured(folder.resolve("runs/one"), 50, "'fid':99");
        measured(folder.resolve("runs/one"), 100, "'fid':12.5,'fidLow':12,'fidHigh':13,'diversity':0.9");
        measured(folder.resolve("runs/two"), 100, "'fid':10");
        measured(folder.resolve("runs/three"), 200, "'fid':8,'diversity':'NaN'");
        try (Server server = Server.start(ServeSettings.of(folder.resolve("runs"), folder.resolve("data")))) {
            Asking ask = new Asking(server);
            JsonNode all = ask.get("/api/evaluations?run=one&run=two&run=three").json();
            JsonNode features = all.at("/groups/0");
            assertThat(features.get("group").asText()).isEqualTo("features");
            assertThat(features.get("different")).extracting(JsonNode::asText).containsExactly("count");
            JsonNode fid = features.at("/figures/0");
            assertThat(fid.get("values"))
                    .extracting(each -> each.get("value").asDouble())
                    .containsExactly(12.5, 10.0, 8.0);
            assertThat(fid.get("values"))
                    .extracting(each -> each.get("alike").asInt())
                    .containsExactly(1, 1, 2);
            assertThat(fid.at("/values/0/high").asDouble()).isEqualTo(13);
            assertThat(all.at("/groups/1/figures/0/values/1").isNull()).isTrue();
            assertThat(all.at("/groups/1/figures/0/values/2/value").isNull()).isTrue();
            assertThat(all.at("/measured/0/0/sampling").asText()).isEqualTo("ddim");
            JsonNode two = ask.get("/api/evaluations?run=one&run=two").json();
            assertThat(two.at("/groups/0/different")).isEmpty();
            assertThat(ask.get("/api/evaluations").status()).isEqualTo(400);
            assertThat(ask.get("/api/evaluations?run=none").status()).isEqualTo(404);
        }
    }
}
