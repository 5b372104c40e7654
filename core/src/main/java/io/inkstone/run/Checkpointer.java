package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.layers.KernelChoices;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.DivergenceException;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;

/** Saves by the recipe's rule, when interrupted, and at the end; keeps the best and the newest. */
final class Checkpointer implements Listener {
    private final RunDirectory run;
    private final Recipe recipe;
    private final Checkpoints checkpoints;
    private final Supplier<Map<String, String>> facts;
    private double bestLoss = Double.POSITIVE_INFINITY;

    /** @param facts measured of the model at each save, for the metadata of its weights */
    Checkpointer(RunDirectory run, Recipe recipe, Supplier<Map<String, String>> facts) {
        this.facts = facts;
        this.run = run;
        this.recipe = recipe;
        checkpoints = new Checkpoints(run);
        checkpoints
                .best()
                .ifPresent(
                        folder -> bestLoss = Checkpoints.state(folder).losses().lastEpoch());
    }

    @Override
    public void epochEnded(Trainer trainer, EpochReport report) {
        if (recipe.train().savesAfter(trainer.position().epoch())) {
            save(trainer, report.training().total() < bestLoss);
        }
    }

    @Override
    public void interrupted(Trainer trainer) {
        save(trainer, false);
    }

    private void save(Trainer trainer, boolean best) {
        requireFinite(trainer);
        DiskSpace.require(run.checkpoints(), Checkpoints.bytes(trainer), "A checkpoint needs");
        try {
            Path folder = checkpoints.save(trainer, state(trainer), metadata(trainer));
            if (best) {
                bestLoss = trainer.losses().lastEpoch();
                checkpoints.markBest(folder);
            }
            checkpoints.prune(recipe.train().keep());
        } catch (IOException failure) {
            throw new InputException(
                    "The checkpoint was not saved: %s. Earlier ones in %s are intact."
                            .formatted(RunDirectory.reason(failure), run.checkpoints()),
                    failure);
        }
    }

    /** Spoilt weights must not push good ones out: a loss can be finite before the step that spoils them. */
    private static void requireFinite(Trainer trainer) {
        trainer.objective().network().state().forEach((name, tensor) -> {
            try (Scope scope = Scope.open()) {
                if (!Double.isFinite(Tensors.toDouble(tensor.detach().sum()))) {
                    throw new DivergenceException(
                            "The weights hold values that are no numbers (%s) at step %d; they were not saved. What was saved before is intact: start a new run from it (--from RUN) with a lower optimizer.rate or optimizer.clip above 0."
                                    .formatted(name, trainer.position().step()));
                }
            }
        });
    }

    private CheckpointState state(Trainer trainer) {
        Precision precision = trainer.plan().precision().on(trainer.plan().device());
        return new CheckpointState(
                CheckpointState.FORMAT,
                trainer.position(),
                trainer.losses(),
                precision,
                torch.get_num_threads(),
                KernelChoices.current());
    }

    private Map<String, String> metadata(Trainer trainer) {
        Map<String, String> metadata = new LinkedHashMap<>(facts.get());
        metadata.put("format", "pt");
        metadata.put("inkstone", Environment.version());
        metadata.put("recipe", Recipes.print(recipe));
        metadata.put("step", String.valueOf(trainer.position().step()));
        return metadata;
    }
}
