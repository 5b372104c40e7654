package io.inkstone.bench;

import io.inkstone.array.FileSteps;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.TrainingRun;
import io.inkstone.run.TrainingStart;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Hardware;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What saving beside training costs: the same steps with a checkpoint every so many seconds and with none, by turns in one JVM,
 * {@code ROUNDS STEPS SECONDS FOLDER}. Wall-clock time from the first counted step to the last, all that listeners do included.
 */
public final class Saving {
    /** Not counted: what Java compiles and libtorch makes ready. */
    private static final int WARM = 10;

    private Saving() {}

    public static void main(String[] words) throws IOException {
        Locale.setDefault(Locale.ROOT);
        int rounds = Integer.parseInt(words[0]);
        int steps = Integer.parseInt(words[1]);
        double seconds = Double.parseDouble(words[2]);
        Path folder = Path.of(words[3]);
        double[] without = new double[rounds];
        double[] with = new double[rounds];
        time(folder.resolve("warm"), WARM * 2, 0);
        for (int round = 0; round < rounds; round++) {
            // The order changes, so that what the machine does meanwhile falls on both.
            if (round % 2 == 0) {
                without[round] = time(folder.resolve("run"), steps, 0);
                with[round] = time(folder.resolve("run"), steps, seconds);
            } else {
                with[round] = time(folder.resolve("run"), steps, seconds);
                without[round] = time(folder.resolve("run"), steps, 0);
            }
            System.out.printf("round %d: %.2f s without, %.2f s with%n", round + 1, without[round], with[round]);
        }
        double more = Arrays.stream(with).sum() / Arrays.stream(without).sum() - 1;
        double each = (Arrays.stream(with).sum() - Arrays.stream(without).sum()) / (Arrays.stream(with).sum() / seconds);
        System.out.printf(
                "%s: a checkpoint every %.0f s costs %.2f %% of training (%.0f ms each); every five minutes that is %.3f %%%n",
                Hardware.here().describe(), seconds, 100 * more, 1000 * each, 100 * each / 300);
    }

    /** @return seconds of {@code steps} steps after the warm ones */
    private static double time(Path out, int steps, double everySeconds) throws IOException {
        if (Files.exists(out)) {
            FileSteps.deleteAll(out);
        }
        List<String> keys = List.of(
                "train.saveEveryMinutes=" + everySeconds / 60,
                "train.saveEveryEpochs=1000",
                "train.epochs=1000",
                "train.keep=1",
                "preview.everySteps=0",
                "preview.count=2",
                "preview.steps=2");
        long[] times = new long[2];
        try (TrainingRun run = TrainingRun.start(
                Recipes.load("sprites", keys), new TrainingStart(out, Optional.empty(), ComputeDevice.CPU))) {
            run.train(List.of(new Listener() {
                @Override
                public void stepped(Trainer trainer, StepReport report) {
                    long step = report.position().step();
                    if (step == WARM) {
                        times[0] = System.nanoTime();
                    } else if (step == WARM + steps) {
                        times[1] = System.nanoTime();
                        trainer.stop();
                    }
                }
            }));
        }
        return (times[1] - times[0]) / 1e9;
    }
}
