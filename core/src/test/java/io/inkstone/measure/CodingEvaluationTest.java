package io.inkstone.measure;

import static io.inkstone.measure.TinyEvaluation.figure;
import static io.inkstone.measure.TinyEvaluation.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.TinyRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of what encodes pictures, from end to end, on networks and data that are tiny. */
class CodingEvaluationTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path vae;

    @BeforeAll
    static void train() throws IOException {
        data = TinyRun.data(folder);
        vae = TinyRun.train(
                Recipes.load(
                                "faces-vae",
                                List.of(
                                        "model.channels=[8,8]",
                                        "model.latent=4",
                                        "data.size=16",
                                        "data.crop=0",
                                        "train.epochs=1",
                                        "train.batch=20",
                                        "preview.count=2"))
                        .withSource(data.toString()),
                folder.resolve("vae"));
    }

    private static EvaluationReport evaluate(Path root, Metric metric) {
        return TinyEvaluation.of(root, Optional.empty(), wish(EnumSet.of(metric), 30, false));
    }

    @Test
    void measuresWhatAModelEncodes() {
        EvaluationReport report = evaluate(vae, Metric.RECONSTRUCTION);
        assertThat(figure(report, Figure.MEAN_SQUARED_ERROR)).isBetween(0.0, 0.3);
        assertThat(figure(report, Figure.PSNR)).isBetween(5.0, 40.0);
        assertThat(figure(report, Figure.SSIM)).isBetween(-1.0, 1.0);
        assertThat(figure(report, Figure.MS_SSIM)).isBetween(0.0, 1.0);
        assertThat(report.protocol().get(Protocol.RECONSTRUCTED).toString())
                .contains("30 pictures")
                .contains("1 scale");
    }

    @Test
    void boundsTheLikelihoodOfAModelThatHasOne() {
        Path bernoulli = TinyRun.train(
                Recipes.load(
                                "mnist-vae-nll",
                                List.of(
                                        "model.hidden=[16,16]",
                                        "model.latent=3",
                                        "objective.klWarmUpBatches=0",
                                        "train.epochs=2",
                                        "train.batch=20",
                                        "preview.count=2"))
                        .withSource(data.toString()),
                folder.resolve("bernoulli"));
        EvaluationReport report = evaluate(bernoulli, Metric.NLL);
        double nats = figure(report, Figure.NLL_NATS);
        assertThat(nats).isBetween(1.0, 192.0);
        assertThat(-figure(report, Figure.ELBO_NATS)).isGreaterThanOrEqualTo(nats);
        assertThat(figure(report, Figure.NLL_BITS_PER_DIMENSION)).isCloseTo(nats / (192 * Math.log(2)), within(1e-4));
        assertThat(report.protocol().get(Protocol.LIKELIHOOD).toString())
                .contains("Bernoulli of values 0 and 1")
                .contains("5 draws, 30 pictures");
        assertThat(evaluate(bernoulli, Metric.NLL).figures()).isEqualTo(report.figures());
    }

    @Test
    void saysWhereThereIsNoLikelihoodToBound() {
        assertThatThrownBy(() -> evaluate(vae, Metric.NLL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("gives pictures no probability");
    }
}
