package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.array.Sha256;
import io.inkstone.models.inception.InceptionFormula;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate --inception} with a file of the layout that FID programs download, other numbers in it. */
class InceptionCommandTest {
    @Test
    void judgesByWeightsOfTheUser(@TempDir Path folder) throws IOException {
        Path data = TinyRuns.data(folder);
        Path weights = folder.resolve("pt_inception-2015-12-05-6726825d.pth");
        WeightFile.write(weights, InceptionFormula.weights());
        JsonNode all = Terminal.run(
                        "evaluate",
                        data,
                        "--data",
                        data,
                        "--real",
                        8,
                        "--inception",
                        weights,
                        "--metrics",
                        "kid,is",
                        "--json")
                .succeeded()
                .json();
        JsonNode protocol = all.path("protocol");
        assertThat(protocol.path("judge").asText()).isEqualTo("inception-2015-12-05");
        assertThat(protocol.path("judgeSha256").asText()).isEqualTo(Sha256.of(weights));
        assertThat(protocol.path("judgeFeatures").asInt()).isEqualTo(2048);
        assertThat(protocol.path("count").asInt()).isEqualTo(4);
        assertThat(protocol.path("kidSubsets").asText()).isEqualTo("100 of 2");
        // Dark and bright pictures on both sides: the features tell them apart, so pairs differ by far more than 0.
        assertThat(all.at("/figures/kidDeviation").asDouble()).isPositive();
        assertThat(all.at("/figures/inceptionScore").asDouble()).isBetween(1.0, 1008.0);
        assertThat(all.path("notes").toString()).contains("KID of 4 pictures a side scatters widely");

        Terminal without = Terminal.run(
                "evaluate", data, "--data", data, "--real", 8, "--inception", weights, "--metrics", "accuracy");
        without.failed(1, "'accuracy' cannot be measured", "inception-2015-12-05 does not know the classes");
    }
}
