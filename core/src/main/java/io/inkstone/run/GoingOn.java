package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.ranks.RankExchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a run should go on.
 *
 * @param root of the run
 * @param overrides {@code KEY=VALUE}, of keys that may change
 * @param device where to train
 * @param acceptDataChange go on although the data are others than the run remembers
 * @param checkpoint name of the one to go back to, such as step-000600: what lies further on is set aside; empty for the latest
 * @param ranks the other processes that train it with this one, however many it was trained by before
 * @since 0.1
 */
public record GoingOn(
        Path root,
        List<String> overrides,
        ComputeDevice device,
        boolean acceptDataChange,
        Optional<String> checkpoint,
        Optional<RankExchange> ranks) {
    /** From the latest checkpoint, by one process, with the data that the run remembers. */
    public GoingOn(Path root, List<String> overrides, ComputeDevice device) {
        this(root, overrides, device, false, Optional.empty(), Optional.empty());
    }

    public GoingOn acceptingDataChange(boolean accepted) {
        return new GoingOn(root, overrides, device, accepted, checkpoint, ranks);
    }

    public GoingOn from(Optional<String> earlier) {
        return new GoingOn(root, overrides, device, acceptDataChange, earlier, ranks);
    }

    public GoingOn by(Optional<RankExchange> others) {
        return new GoingOn(root, overrides, device, acceptDataChange, checkpoint, others);
    }

    /** A run meets its data again. */
    static final class Meeting implements Opening {
        private final RunDirectory directory;
        private final boolean accepted;
        private final List<String> notes = new ArrayList<>();
        private Optional<KnownData> others = Optional.empty();

        Meeting(RunDirectory directory, boolean accepted) {
            this.directory = directory;
            this.accepted = accepted;
        }

        @Override
        public Recipe recipe(Recipe asked, DataInfo info) {
            return asked;
        }

        @Override
        public RunData data(DataSet source, Recipe recipe, Model model) {
            RunClasses classes = RunClasses.of(directory, model.classes());
            RunData data = new RunData(source, recipe, classes.order(source.info(), accepted));
            directory.data().ifPresent(before -> compare(before, data.known()));
            return data;
        }

        /** Data that somebody names anew may be others; those of the same name were meant to be the same. */
        private void compare(KnownData before, KnownData now) {
            List<String> changes = before.changes(now);
            if (changes.isEmpty()) {
                return;
            }
            String words = String.join("; ", changes);
            if (!accepted && before.source().equals(now.source())) {
                throw new InputException(Words.of(
                                "The data of %s are not those that it was begun with: %s. Give it the same data again, or accept the change and go on with these.",
                                directory.root(), words))
                        .about("acceptDataChange");
            }
            notes.add(Words.of("Going on with other data than before: %s.", words));
            others = Optional.of(now);
        }

        @Override
        public RunDirectory directory(Recipe recipe, RunData data) {
            return directory;
        }

        /** What should be said of the data. */
        List<String> notes() {
            return notes;
        }

        /** The run goes on with these: it remembers them from now on. */
        void remember() {
            others.ifPresent(directory::write);
        }
    }
}
