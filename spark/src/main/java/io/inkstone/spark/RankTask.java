package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.tensor.NativeLibrary;
import io.inkstone.train.DivergenceException;
import io.inkstone.train.ranks.RankPlace;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.runtime.AbstractFunction1;

/** One rank of a training, as a task of a barrier stage. */
final class RankTask extends AbstractFunction1<Iterator<Integer>, Iterator<RankOutcome>> implements Serializable {
    private static final String REFUSED = "refused ";

    private final String recipe;
    private final String out;
    private final RankListeners listeners;

    /** @param recipe in YAML, whole */
    RankTask(String recipe, String out, RankListeners listeners) {
        this.recipe = recipe;
        this.out = out;
        this.listeners = listeners;
    }

    @Override
    public Iterator<RankOutcome> apply(Iterator<Integer> number) {
        NativeLibrary.load();
        BarrierTaskContext context = BarrierTaskContext.get();
        RankPlace place = RankMeeting.of(context);
        RankTraining training = new RankTraining(recipe, out, place, listeners, context.stageAttemptNumber());
        RankOutcome outcome;
        Optional<InputException> lost = Optional.empty();
        try {
            outcome = TaskWork.of(context, training, training::stop);
        } catch (InputException said) {
            lost = Optional.of(said).filter(RankTask::isOfOthers);
            outcome = RankOutcome.refused(place.rank(), context.stageAttemptNumber(), said.getMessage());
        } catch (DivergenceException again) { // the same steps would come to the same
            outcome = RankOutcome.refused(place.rank(), context.stageAttemptNumber(), again.getMessage());
        }
        return Iterator$.MODULE$.single(agreed(context, outcome, lost));
    }

    /** What was wrong elsewhere, with another rank or the way to it, another attempt may mend. */
    private static boolean isOfOthers(InputException said) {
        return said.keys().contains("continue");
    }

    /**
     * What one rank refuses for good, all return to the driver: no further attempt would mend it. Where one only lost another, the
     * stage has to begin again.
     */
    private RankOutcome agreed(BarrierTaskContext context, RankOutcome outcome, Optional<InputException> lost) {
        String[] words = context.allGather(lost.isEmpty() && outcome.refusal().isPresent() ? REFUSED : "");
        if (lost.isPresent() && Arrays.stream(words).noneMatch(REFUSED::equals)) {
            throw lost.get();
        }
        return lost.isPresent() ? RankOutcome.done(outcome.rank(), outcome.attempt(), outcome.notes()) : outcome;
    }
}
