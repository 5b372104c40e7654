package io.inkstone.examples;

import io.inkstone.recipe.Recipes;
import io.inkstone.studio.Training;
import java.nio.file.Path;
import java.util.List;

/** Training with callbacks. The text below the imports stands in docs/use-as-a-library.md, word for word. */
public final class TrainAndWatch {
    private TrainAndWatch() {}

    // docs: begin
    /** Trains sprites until the loss is low enough, and gives the run back, to be opened by a Studio. */
    public static Path train(Path out, double enough, String... overrides) {
        Training training = Training.of(Recipes.load("sprites", List.of(overrides)));
        training.say(System.out::println);
        training.onEpoch(epoch -> System.out.println(epoch.words()));
        training.onStep(step -> {
            if (step.loss() < enough) {
                training.stop(); // from any thread; the run is saved, and training.resume(out) goes on
            }
        });
        return training.run(out);
    }
    // docs: end
}
