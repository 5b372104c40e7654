package io.inkstone.run;

import io.inkstone.data.DataSet;
import io.inkstone.layers.KernelChoices;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.DiskSpace;
import io.inkstone.run.checkpoint.Leftovers;
import io.inkstone.run.part.FirstStageRun;
import io.inkstone.run.part.StableRun;
import io.inkstone.run.part.TextPart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * What a training works with, opened together and freed together.
 *
 * @param directory where it is written
 * @param recipe with everything filled in that was left to the data
 * @param data what it learns from
 * @param learner what learns
 * @param lock keeps other processes out of the directory; empty for one that follows another
 * @param ranks the processes that train it together
 * @param kernels that were chosen when it was opened: its steps keep to them
 */
record TrainingParts(
        RunDirectory directory,
        Recipe recipe,
        RunData data,
        Learner learner,
        Optional<FileChannel> lock,
        RunRanks ranks,
        KernelChoices kernels)
        implements AutoCloseable {
    /**
     * Opens the data, builds the model, and takes the directory; what fails on the way frees what was made.
     *
     * @param opening how the data is looked at, and where the run lies
     */
    static TrainingParts open(Recipe asked, TrainingStart start, Opening opening) {
        DataSet source = asked.data().open();
        RunRanks ranks = new RunRanks(start.ranks());
        KernelChoices kernels = KernelChoices.current();
        Learner learner = null;
        RunData data = null;
        Optional<FileChannel> lock = Optional.empty();
        try {
            Recipe ordered = opening.recipe(StableRun.known(asked, start.from()), source.info());
            Recipe recipe = FirstStageRun.resolved(ordered, source.info()).decided(start.device());
            learner = Learner.of(recipe, start.device(), start.out(), start.from(), ranks.exchange(recipe));
            data = opening.data(source, recipe, learner.model());
            data.tokenizer(); // a wrong one is said before anything is written
            TextPart.require(learner.model(), recipe, source.info());
            data.requireSteps();
            ranks.requireMeetings(recipe, learner.trainer());
            ranks.join(recipe, data, start.device());
            if (ranks.follow()) {
                return new TrainingParts(ranks.opened(start.out()), recipe, data, learner, lock, ranks, kernels);
            }
            DiskSpace.requireForRun(new RunDirectory(start.out()), recipe, learner.trainer());
            RunDirectory directory = opening.directory(recipe, data);
            lock = Optional.of(directory.lock());
            Leftovers.clean(directory);
            learner.firstStage().ifPresent(stage -> FirstStageRun.keep(stage, directory));
            StableRun.keep(learner.model(), directory);
            TextPart.keep(learner.model(), recipe, directory);
            ranks.opened(start.out());
            return new TrainingParts(directory, recipe, data, learner, lock, ranks, kernels);
        } catch (RuntimeException | Error failure) {
            ranks.fail(failure);
            lock.ifPresent(TrainingParts::release);
            if (learner != null) {
                learner.close();
            }
            if (data == null) {
                source.close();
            } else {
                data.close(); // with what was kept while it was looked through
            }
            opening.abandoned();
            throw failure;
        }
    }

    /** The same at work, with {@code other} written beside it and into what it saves. */
    TrainingParts writing(Recipe other) {
        return new TrainingParts(directory, other, data, learner, lock, ranks, kernels);
    }

    @Override
    public void close() {
        lock.ifPresent(TrainingParts::release);
        learner.close();
        data.close();
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException alreadyGone) {
            // The lock ends with the process at the latest.
        }
    }
}
