package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.CheckpointState;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.run.checkpoint.Continuation;
import io.inkstone.run.checkpoint.GoingBack;
import io.inkstone.run.checkpoint.Restored;
import io.inkstone.tensor.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A training that stands where one of its checkpoints was taken.
 *
 * @param parts of it, restored
 * @param warnings what should be said before it goes on
 */
record Resumption(TrainingParts parts, List<String> warnings) {
    /**
     * Where an earlier checkpoint is named, what lies further on is set aside once everything else has succeeded.
     *
     * @param wish how it should go on
     */
    static Resumption of(GoingOn wish) {
        RunDirectory directory = RunDirectory.existing(wish.root());
        Continuation from = wish.checkpoint()
                .map(name -> Continuation.of(directory, name))
                .orElseGet(() -> Continuation.of(directory));
        Recipe recipe = ChangeableKeys.changed(directory, wish.overrides());
        CheckpointState state = Checkpoints.state(from.folder());
        Precision asked = recipe.train().precision();
        Recipe asBefore = recipe.withPrecision(asked.goingOn(wish.device(), state.precision()));
        GoingOn.Meeting meeting = new GoingOn.Meeting(directory, wish.acceptDataChange());
        // No look through the data again: the start had one.
        TrainingStart start =
                new TrainingStart(wish.root(), Optional.empty(), wish.device(), false, sentence -> {}, wish.ranks());
        TrainingParts parts = state.kernels().during(() -> TrainingParts.open(asBefore, start, meeting));
        try {
            // What is saved says what was asked for, as a run that was never interrupted does.
            TrainingParts written = parts.writing(parts.recipe().withPrecision(asked));
            return new Resumption(written, restored(written, from, meeting, wish));
        } catch (IOException failure) {
            parts.close();
            throw new InputException(Words.of("%s cannot be written: %s", wish.root(), failure.getMessage()), failure);
        } catch (RuntimeException | Error failure) {
            parts.close();
            throw failure;
        }
    }

    private static List<String> restored(TrainingParts parts, Continuation from, GoingOn.Meeting meeting, GoingOn wish)
            throws IOException {
        CheckpointState state = Restored.into(parts.learner().trainer(), from.folder());
        Environment here =
                Environment.here(wish.device(), parts.learner().trainer().plan().precision());
        List<String> warnings = new ArrayList<>(from.warnings());
        warnings.addAll(meeting.notes());
        warnings.addAll(state.differences(here.precision(), here.threads()));
        if (parts.ranks().follow()) {
            return warnings;
        }
        from.mend(parts.directory());
        meeting.remember();
        parts.directory().update(parts.recipe());
        if (wish.checkpoint().isPresent()) {
            warnings.addAll(GoingBack.to(parts.directory(), from.folder()));
        }
        return warnings;
    }
}
