package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.KernelChoices;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.RunDirectory;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.DivergenceException;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.LossState;
import io.inkstone.train.MeanLosses;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;

/**
 * Saves by the recipe's rule, when interrupted, and at the end; keeps the best and the newest. An epoch is saved before its
 * held-out pictures are measured: a kill meanwhile loses nothing of it.
 */
public final class Checkpointer implements Listener {
    private final RunDirectory run;
    private final Recipe recipe;
    private final Checkpoints checkpoints;
    private final Supplier<Map<String, String>> facts;
    private double bestLoss = Double.POSITIVE_INFINITY;

    /** @param facts measured of the model at each save, for the metadata of its weights */
    public Checkpointer(RunDirectory run, Recipe recipe, Supplier<Map<String, String>> facts) {
        this.facts = facts;
        this.run = run;
        this.recipe = recipe;
        checkpoints = new Checkpoints(run);
        checkpoints
                .best()
                .ifPresent(folder -> bestLoss = total(Checkpoints.state(folder).losses()));
    }

    private static double total(LossState losses) {
        return losses.lastEpoch().total();
    }

    @Override
    public void epochTrained(Trainer trainer, MeanLosses losses) {
        if (recipe.train().savesAfter(trainer.position().epoch())) {
            save(trainer, losses.total() < bestLoss);
        }
    }

    /** The log knows of the epoch by now: who goes on from its checkpoint need not tell of it again. */
    @Override
    public void epochEnded(Trainer trainer, EpochReport report) {
        try {
            checkpoints.renew(state(trainer, trainer.losses().afterTelling()));
        } catch (IOException failure) {
            throw notSaved(failure);
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
            Path folder = checkpoints.save(trainer, state(trainer, trainer.losses()), metadata(trainer));
            if (best) {
                bestLoss = total(trainer.losses());
                checkpoints.markBest(folder);
            }
            checkpoints.prune(recipe.train().keep());
        } catch (IOException failure) {
            throw notSaved(failure);
        }
    }

    private InputException notSaved(IOException failure) {
        return new InputException(
                Words.of(
                        "The checkpoint was not saved: %s. Earlier ones in %s are intact.",
                        RunDirectory.reason(failure), run.checkpoints()),
                failure);
    }

    /** Spoilt weights must not push good ones out: a loss can be finite before the step that spoils them. */
    private static void requireFinite(Trainer trainer) {
        trainer.objective().network().state().forEach((name, tensor) -> {
            try (Scope scope = Scope.open()) {
                if (!Double.isFinite(Tensors.toDouble(tensor.detach().sum()))) {
                    throw new DivergenceException(Words.of(
                            "The weights hold values that are no numbers (%s) at step %d; they were not saved. What was saved before is intact: start a new run from it (--from RUN) with a lower optimizer.rate or optimizer.clip above 0.",
                            name, trainer.position().step()));
                }
            }
        });
    }

    private static CheckpointState state(Trainer trainer, LossState losses) {
        Precision precision = trainer.plan().precision().on(trainer.plan().device());
        return new CheckpointState(
                CheckpointState.FORMAT,
                trainer.position(),
                losses,
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
