package io.inkstone.models;

import io.inkstone.models.diffusion.DiffusionFamily;
import io.inkstone.models.dnn.DnnFamily;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.tensor.Scope;

/**
 * Not a test: trains small networks for many steps and prints what they hold, to see that it stays. Run it after {@code mvn
 * test-compile} with the test class path, or from an IDE; docs/memory.md has the figures of one run.
 */
public final class LongTraining {
    private LongTraining() {}

    /** @param arguments the number of steps, 10,000 without */
    public static void main(String[] arguments) {
        int steps = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        DataForm form = TinyTraining.form(1, 8);
        try (Model dnn = TinyTraining.build(new DnnFamily(), new DnnFamily().defaults(), form);
                Model unet = TinyTraining.build(new DiffusionFamily(), new DiffusionFamily().defaults(), form)) {
            run("dnn", dnn, form, steps);
            run("diffusion", unet, form, steps);
        }
    }

    private static void run(String name, Model model, DataForm form, int steps) {
        int every = Math.max(1, steps / 10);
        TinyTraining.train(model, form, steps, 1e-4, report -> {
            long step = report.position().step();
            if (step == 1 || step % every == 0) {
                System.out.printf(
                        "%s step %d: %d MB resident, %d native objects%n",
                        name, step, ProcessMemory.residentMegabytes(), Scope.liveObjects());
            }
        });
    }
}
