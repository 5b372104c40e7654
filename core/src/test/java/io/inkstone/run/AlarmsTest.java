package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.Concern;
import io.inkstone.train.Concern.Kind;
import io.inkstone.train.Listener;
import io.inkstone.train.LossState;
import io.inkstone.train.MeanLosses;
import io.inkstone.train.Pace;
import io.inkstone.train.Position;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What goes wrong while every loss is a number is said once, with its figure; what was good is kept. */
class AlarmsTest extends TinyDataTest {
    private final List<Concern> concerns = new ArrayList<>();

    private final Listener listening = new Listener() {
        @Override
        public void concerned(Trainer trainer, Concern concern) {
            concerns.add(concern);
        }
    };

    private Recipe vae(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "model.channels=[4,8]",
                "model.latent=3",
                "train.batch=5",
                "preview.everySteps=0",
                "preview.count=2",
                "train.saveEveryEpochs=1"));
        all.addAll(List.of(more));
        return Recipes.load("fashion-vae", all).withSource(data.toString());
    }

    @Test
    void codesThatTellNothing() throws IOException {
        Path out = folder.resolve("run");
        try (TrainingRun run = TinyRun.start(
                vae("train.epochs=7", "objective.klWeight=1000", "optimizer.rate=0.01", "train.keep=1"), out)) {
            run.train(List.of(listening));
        }
        assertThat(concerns).extracting(Concern::kind).containsExactly(Kind.DEAD_CODES);
        Concern dead = concerns.get(0);
        assertThat(dead.figure()).isBetween(0.0, 0.01);
        assertThat(Files.readString(out.resolve("log.txt")))
                .containsOnlyOnce("The codes tell nothing of the pictures any more")
                .contains("objective.klWarmUpBatches")
                .contains(RunDirectory.step(dead.soundAt()) + " is from before that, and is kept.");
        Path sound = out.resolve("checkpoints")
                .resolve(Files.readString(out.resolve("checkpoints/sound")).strip());
        assertThat(Checkpoints.state(sound).position().step())
                .isEqualTo(dead.soundAt())
                .isPositive();
        assertThat(new Checkpoints(new RunDirectory(out)).folders()).hasSizeLessThanOrEqualTo(3); // best, sound, latest
    }

    @Test
    void aLossThatGrowsBeyondItsBeginning() {
        try (TrainingRun run = TinyRun.start(vae("train.epochs=4"), folder.resolve("run"))) {
            run.train(List.of(listening, new Listener() {
                @Override
                public void stepped(Trainer trainer, StepReport report) {
                    if (report.position().step() == 100) {
                        trainer.objective().network().parameters().values().forEach(values -> values.data()
                                .mul_(new org.bytedeco.pytorch.Scalar(40.0)));
                    }
                }
            }));
        }
        assertThat(concerns).extracting(Concern::kind).containsExactly(Kind.EXPLODING_LOSS);
        assertThat(concerns.get(0).soundAt()).isBetween(98L, 101L);
        assertThat(concerns.get(0).figure()).isGreaterThan(10 * concerns.get(0).usual());
    }

    /** A loss that falls and swings, one that grows as far as it began, one that is bad for a moment. */
    @Test
    void noneOfWhatIsUsual() {
        IntToDoubleFunction falling = step -> 1.0 / (1 + step) * (step % 7 == 0 ? 4 : 1);
        IntToDoubleFunction back = step -> step < 100 ? 1.0 / (1 + step) : 0.14;
        IntToDoubleFunction moment = step -> step == 150 ? 3 : 0.5;
        for (IntToDoubleFunction losses : List.of(falling, back, moment)) {
            steps(losses, "fashion-vae");
            assertThat(concerns).isEmpty();
        }
        steps(step -> step < 100 ? 1.0 / (1 + step) : 0.5, "fashion-vae");
        assertThat(concerns).extracting(Concern::kind).containsExactly(Kind.EXPLODING_LOSS);
    }

    /** Of a generator's game the losses tell nothing of that kind, but two others do. */
    @Test
    void aGameThatIsOver() {
        steps(step -> step, "fashion-gan");
        assertThat(concerns).isEmpty();
        try (TrainingRun run = game()) {
            Alarms alarms = alarms(run);
            for (double loss : List.of(0.6, 0.001, 0.6, 0.001, 0.001, 0.001)) {
                alarms.epochTrained(at(run, 300), new MeanLosses(9, Map.of("discriminator", loss, "generator", 9.0)));
                alarms.drawn(run.trainer(), 0.4);
                assertThat(alarms.soundUntil() == Long.MAX_VALUE).isEqualTo(loss > 0.1);
            }
            assertThat(concerns).extracting(Concern::kind).containsExactly(Kind.BEATEN_GENERATOR);
            assertThat(concerns.get(0).words()).contains("0.0010 nats", "1.4 is that of guessing", "step 300");
            for (double diversity : List.of(0.01, Double.NaN, 0.01)) {
                alarms.drawn(run.trainer(), diversity);
            }
            assertThat(concerns)
                    .extracting(Concern::kind)
                    .containsExactly(Kind.BEATEN_GENERATOR, Kind.COLLAPSED_PICTURES);
        }
    }

    @Test
    void atTheBeginningEverythingMayBeBad() {
        try (TrainingRun run = game()) {
            Alarms alarms = alarms(run);
            for (int epoch = 0; epoch < 9; epoch++) {
                alarms.epochTrained(at(run, 20 * epoch), new MeanLosses(9, Map.of("discriminator", 0.001)));
                alarms.drawn(run.trainer(), 0);
            }
            assertThat(concerns).isEmpty();
        }
    }

    private TrainingRun game() {
        Recipe gan = Recipes.load("fashion-gan", List.of("model.latent=3", "train.batch=10", "preview.count=2"))
                .withSource(data.toString());
        return TrainingRun.start(
                gan, new TrainingStart(folder.resolve("game"), Optional.empty(), ComputeDevice.CPU, true));
    }

    private Alarms alarms(TrainingRun run) {
        Alarms alarms = new Alarms(folder.resolve("metrics.jsonl"));
        run.trainer().run((epoch, inEpoch) -> new NoBatches(), List.of(alarms, listening));
        return alarms;
    }

    private static Trainer at(TrainingRun run, long step) {
        run.trainer().resumeAt(new Position(step, 1, 0, 0, 0, step, step, 1), LossState.START);
        return run.trainer();
    }

    private void steps(IntToDoubleFunction losses, String recipe) {
        try (TrainingRun run = recipe.equals("fashion-gan") ? game() : TinyRun.start(vae(), fresh())) {
            Alarms alarms = alarms(run);
            for (int step = 0; step < 300; step++) {
                Position position = new Position(step + 1, 0, 0, 0, 0, step, step, 1);
                at(run, step + 1);
                alarms.stepped(
                        run.trainer(),
                        new StepReport(position, 1, losses.applyAsDouble(step), Map.of(), 1, new Pace(1, 0)));
            }
        }
    }

    private Path fresh() {
        return folder.resolve("run-" + System.nanoTime());
    }
}
