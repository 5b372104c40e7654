package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.layers.Layer;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.tensor.FiniteValues;
import io.inkstone.tensor.Scope;
import io.inkstone.train.DivergenceException;
import io.inkstone.train.Listener;
import io.inkstone.train.SkippedStep;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A weight that is no number is noticed in every objective, whatever its phases: left out or said, as the recipe wants. */
class SpoiltEverywhereTest extends TinyDataTest {
    private static final long SPOILT = 5;
    private static final long MENDED = 8;

    private Recipe recipe(String family, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("optimizer.clip=1", "optimizer.warmupSteps=3", "preview.everySteps=0"));
        String[] keys = all.toArray(String[]::new);
        return switch (family) {
            case "diffusion" -> TinyRun.recipe(data, keys);
            case "autoencoder" -> TinyRun.autoencoder(data, with(keys, "train.batch=10", "train.accumulate=1"));
            case "latent" -> TinyRun.latent(data, keys).withFirstStage(stage().toString());
            default ->
                Recipes.load("fashion-" + family, List.of(with(keys, "train.batch=10", "preview.count=2")))
                        .withSource(data.toString());
        };
    }

    private Path stage() {
        Path stage = folder.resolve("stage");
        return Files.exists(stage) ? stage : TinyRun.train(TinyRun.autoencoder(data), stage);
    }

    private static String[] with(String[] keys, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(more));
        all.addAll(Arrays.asList(keys));
        return all.toArray(String[]::new);
    }

    /** Multiplies the first value of what every phase trains. */
    private static void scale(Trainer trainer, double factor, List<Tensor> sound) {
        try (Scope scope = Scope.open()) {
            trainer.objective().phases().forEach(phase -> {
                Tensor weight = phase.trained().parameters().values().iterator().next();
                if (Double.isNaN(factor)) {
                    sound.add(Scope.own(weight.data().clone()));
                    weight.data().mul_(new Scalar(factor));
                } else {
                    Tensor kept = sound.remove(0);
                    weight.data().copy_(kept);
                    Scope.release(kept);
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnn", "gan", "vae", "classifier", "diffusion", "autoencoder", "latent"})
    void stepsAreLeftOutUntilItIsMended(String family) {
        List<Long> skipped = new ArrayList<>();
        List<Tensor> sound = new ArrayList<>();
        try (TrainingRun run =
                TinyRun.start(recipe(family, "train.onDivergence=skip", "train.epochs=1"), folder.resolve("run"))) {
            run.train(List.of(new Listener() {
                @Override
                public void stepped(Trainer trainer, StepReport report) {
                    assertThat(report.losses().values()).allMatch(Double::isFinite);
                    if (report.position().step() == SPOILT) {
                        scale(trainer, Double.NaN, sound);
                    }
                }

                @Override
                public void skipped(Trainer trainer, SkippedStep step) {
                    skipped.add(step.position().step());
                    if (step.position().step() == MENDED) {
                        scale(trainer, 1, sound);
                    }
                }
            }));
            assertThat(skipped).containsExactly(SPOILT + 1, SPOILT + 2, MENDED);
            Layer network = run.trainer().objective().network();
            assertThat(FiniteValues.firstOther(network.state())).isEmpty();
            assertThat(run.trainer().position().step()).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gan", "vae"})
    void trainingStopsWithTheLastCheckpointIntact(String family) {
        Path out = folder.resolve("run");
        try (TrainingRun run = TinyRun.start(recipe(family, "train.epochs=2", "train.saveEveryEpochs=1"), out)) {
            assertThatThrownBy(() -> run.train(List.of(new Listener() {
                        @Override
                        public void stepped(Trainer trainer, StepReport report) {
                            if (report.position().step() == 20 + SPOILT) {
                                scale(trainer, Double.NaN, new ArrayList<>());
                            }
                        }
                    })))
                    .isInstanceOf(DivergenceException.class)
                    .hasMessageContaining("at step 26 (epoch 1)")
                    .hasMessageContaining("optimizer.clip");
        }
        try (TrainingRun again = TinyRun.reopen(out)) {
            assertThat(again.trainer().position().step()).isEqualTo(20);
        }
    }
}
