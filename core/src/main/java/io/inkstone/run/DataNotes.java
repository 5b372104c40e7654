package io.inkstone.run;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.PreparedSet;
import io.inkstone.image.Size;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.draw.ShownClasses;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.TrainConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What should be said of the data of a run before its first step, and what is refused.
 *
 * @param source of the whole data
 * @param recipe resolved
 * @param train what is trained on
 * @param heldOut what is not
 */
record DataNotes(DataInfo source, Recipe recipe, PreparedSet train, Optional<PreparedSet> heldOut) {
    /** From this factor on, scaled pictures are a trial. */
    private static final int ENLARGED = 4;

    /** A sentence each. */
    List<String> all() {
        List<String> all = new ArrayList<>(source.notes());
        Size made = recipe.data().form().size();
        source.size()
                .filter(own -> Math.min(made.height(), made.width()) >= ENLARGED * Math.max(own.width(), own.height()))
                .ifPresent(own -> all.add(Words.of(
                        "This is a trial: pictures of %s are scaled up to %s, which shows that training works and teaches no detail. Give it larger ones.",
                        own, made)));
        SaidClasses.renamed(recipe, source).ifPresent(all::add);
        all.addAll(train.notes());
        heldOut.ifPresent(set -> set.notes().forEach(note -> all.add("Of the held-out pictures: " + note)));
        return all;
    }

    /** What {@code model} makes of them, a sentence each. */
    static List<String> of(Model model, Recipe recipe, DataInfo data) {
        List<String> all = new ArrayList<>();
        if (recipe.data().captions() && !model.conditions().readsWords()) {
            data.captionsUnread().ifPresent(all::add);
        }
        if (model instanceof Generates generates) {
            ShownClasses.words(generates.classes().size()).ifPresent(all::add);
        }
        return all;
    }

    /** Refuses a training that would make no step. */
    void requireSteps(int batchesPerEpoch) {
        TrainConfig config = recipe.train();
        if (batchesPerEpoch == 0) {
            throw new InputException(Words.of(
                    "%s has %s to train on, fewer than a batch of %d, and train.dropLast leaves smaller batches out: no step would be made. Choose train.batch=%d, or train.dropLast=false.",
                    source.name(), Counted.of(train.count(), "picture"), config.batch(), train.count()));
        }
    }
}
