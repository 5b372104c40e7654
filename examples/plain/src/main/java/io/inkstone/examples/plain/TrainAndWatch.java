package io.inkstone.examples.plain;

import io.inkstone.recipe.Recipes;
import io.inkstone.studio.Training;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Training with callbacks: {@code TrainAndWatch RECIPE RUN [SECONDS [KEY=VALUE…]]}; stops when the time is over, saved. */
public final class TrainAndWatch {
    private TrainAndWatch() {}

    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("Usage: TrainAndWatch RECIPE RUN [SECONDS [KEY=VALUE...]]");
            System.exit(2);
        }
        double seconds = args.length > 2 ? Double.parseDouble(args[2]) : 300;
        List<String> overrides = Arrays.asList(args).subList(Math.min(3, args.length), args.length);
        System.out.println(train(args[0], Path.of(args[1]), seconds, overrides));
    }

    static Path train(String recipe, Path run, double seconds, List<String> overrides) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        Training training = Training.of(Recipes.load(recipe, overrides)).say(System.err::println);
        training.onEpoch(epoch -> System.err.println(epoch.words()));
        training.onStep(step -> {
            if (System.nanoTime() - end > 0) {
                training.stop();
            }
        });
        return training.run(run);
    }
}
