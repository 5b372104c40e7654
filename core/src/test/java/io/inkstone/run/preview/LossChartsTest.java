package io.inkstone.run.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.image.Curves;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Sequence;
import io.inkstone.run.JsonLines;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import io.inkstone.train.Phase;
import io.inkstone.train.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossChartsTest {
    @TempDir
    Path folder;

    /** What is drawn together, and its unit; nothing of it is trained. */
    private record Named(List<String> minimised, List<Quantity> quantities) implements Objective {
        @Override
        public Layer network() {
            return new Sequence();
        }

        @Override
        public List<Phase> phases() {
            return minimised.stream().<Phase>map(Part::new).toList();
        }
    }

    private record Part(String name) implements Phase {
        @Override
        public Layer trained() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Losses losses(Batch batch, Draws draws) {
            throw new UnsupportedOperationException();
        }
    }

    private List<Curves> charts(Objective objective, String... lines) throws Exception {
        Path file = Files.write(folder.resolve("metrics.jsonl"), List.of(lines));
        List<JsonNode> read = JsonLines.read(file);
        assertThat(read).hasSize(lines.length);
        return new LossCharts(read).of(objective);
    }

    private static List<String> names(Curves chart) {
        return chart.series().stream().map(Curves.Series::name).toList();
    }

    /** A divergence of thousands does not flatten an error of hundredths. */
    @Test
    void eachLossHasAnAxisOfItsOwn() throws Exception {
        List<Curves> charts = charts(
                new Named(List.of("loss"), List.of(Quantity.of("kl", "nats"))),
                "{\"pictures\":1,\"losses\":{\"kl\":8000,\"loss\":0.5,\"mse\":0.4}}",
                "{\"pictures\":2,\"losses\":{\"kl\":7000,\"loss\":0.3,\"mse\":0.2}}",
                "{\"pictures\":2,\"split\":\"validation\",\"losses\":{\"loss\":0.35,\"kl\":7500,\"mse\":0.25}}",
                "{\"pictures\":2,\"split\":\"samples\",\"figures\":{\"diversity\":1}}");
        assertThat(charts).extracting(Curves::title).containsExactly("loss", "kl (nats)", "mse");
        assertThat(charts).allSatisfy(chart -> assertThat(names(chart)).containsExactly("training", "validation"));
        Curves.Series held = charts.get(1).series().get(1);
        assertThat(held.x()).containsExactly(2);
        assertThat(held.y()).containsExactly(7500);
    }

    /** Eighty pictures an epoch, two hundred a step: the first two epochs end inside the first step. */
    @Test
    void everyEpochHasAPointHoweverLongAStepIs() throws Exception {
        List<Curves> charts = charts(
                new Named(List.of("loss"), List.of()),
                "{\"step\":0,\"pictures\":80,\"split\":\"validation\",\"losses\":{\"loss\":0.5}}",
                "{\"step\":0,\"pictures\":160,\"split\":\"validation\",\"losses\":{\"loss\":0.4}}",
                "{\"step\":1,\"pictures\":200,\"losses\":{\"loss\":0.6}}");
        Curves.Series held = charts.get(0).series().get(0);
        assertThat(held.x()).containsExactly(80, 160);
        assertThat(held.y()).containsExactly(0.5, 0.4);
        assertThat(charts.get(0).xName()).isEqualTo("pictures");
    }

    @Test
    void equalLossesAreDrawnOnce() throws Exception {
        List<Curves> charts = charts(
                new Named(List.of("loss"), List.of(Quantity.of("kl", "nats"))),
                "{\"pictures\":1,\"losses\":{\"kl\":9,\"loss\":0.5,\"mse\":0.5}}",
                "{\"pictures\":1,\"split\":\"validation\",\"losses\":{\"loss\":0.4,\"kl\":8,\"mse\":0.4}}");
        assertThat(charts).extracting(Curves::title).containsExactly("loss = mse", "kl (nats)");
        // Equal in training only: two losses all the same.
        assertThat(charts(
                        new Named(List.of("loss"), List.of()),
                        "{\"pictures\":1,\"losses\":{\"loss\":0.5,\"mse\":0.5}}",
                        "{\"pictures\":1,\"split\":\"validation\",\"losses\":{\"loss\":0.4,\"mse\":0.3}}"))
                .hasSize(2);
    }

    @Test
    void bothSidesOfAGameShareAnAxis() throws Exception {
        Quantity losses = new Quantity("losses", "nats", List.of("discriminator", "generator"));
        Quantity scores = new Quantity("probability", "", List.of("realScore", "fakeScore"));
        List<Curves> charts = charts(
                new Named(List.of("discriminator", "generator"), List.of(losses, scores)),
                "{\"pictures\":1,\"losses\":{\"discriminator\":1.2,\"fakeScore\":0.4,\"generator\":0.8,\"realScore\":0.6}}");
        assertThat(charts).extracting(Curves::title).containsExactly("losses (nats)", "probability");
        assertThat(charts.stream().flatMap(chart -> names(chart).stream()))
                .containsExactly("discriminator", "generator", "fakeScore", "realScore");
    }

    @Test
    void nothingLoggedIsNothingDrawn() throws Exception {
        assertThat(charts(new Named(List.of("loss"), List.of()))).isEmpty();
    }
}
