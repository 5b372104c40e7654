package io.inkstone.measure;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.ClassOrder;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.recipe.DataConfig;
import io.inkstone.run.KnownData;
import io.inkstone.run.SavedRun;
import java.util.List;
import java.util.Optional;

/**
 * The pictures that a run is measured with: its own, compared with what it remembers of them, or others.
 *
 * @param run that is measured
 * @param wish what is to be measured
 * @param report told what is not as it was
 */
record RunMeeting(SavedRun run, EvaluationWish wish, EvaluationReport report) {
    /** Its classes in the order in which the run counts them; refuses what would make figures wrong. */
    MeasuredData data() {
        boolean own =
                wish.data().map(other -> SamePlace.of(other, config().source())).orElse(true);
        MeasuredData opened = own
                ? MeasuredData.of(run.recipe(), wish.split())
                : MeasuredData.of(run.recipe(), wish.data().orElseThrow(), wish.split(), training());
        try {
            MeasuredData ordered = order(opened, own).map(opened::inOrder).orElse(opened);
            if (own) {
                remembered().ifPresent(before -> compare(before, opened));
            }
            return ordered;
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private DataConfig config() {
        return run.recipe().data();
    }

    private Optional<KnownData> remembered() {
        return run.directory().data();
    }

    /** A run that does not remember what its classes were called took its own data by their place; that is said. */
    private Optional<ClassOrder> order(MeasuredData opened, boolean own) {
        boolean unknown = own && remembered().isEmpty();
        Optional<ClassOrder> order = run.classes().order(opened.info(), wish.acceptDataChange() || unknown);
        List<String> there = opened.info().classes();
        if (order.isEmpty()
                && !run.model().classes().isEmpty()
                && !run.classes().own().equals(there)) {
            report.note(Words.of(
                    "The classes of %s are taken by their place: %s for %s.",
                    opened.info().name(),
                    ClassOrder.words(there),
                    ClassOrder.words(run.classes().own())));
        }
        return order;
    }

    private TrainingPart training() {
        boolean needed = wish.wants(Metric.NEIGHBOURS) || wish.floor();
        return needed ? TrainingPart.of(config()) : TrainingPart.unneeded(config());
    }

    /** Where a share of the list is held out, another list may hold out what was trained on. */
    private void compare(KnownData before, MeasuredData opened) {
        List<String> changes = before.changes(
                KnownData.of(config().source(), opened.source(), opened.info().classes()));
        if (changes.isEmpty()) {
            return;
        }
        String words = String.join("; ", changes);
        boolean chosen = config().holdOut() > 0 && opened.source().test().isEmpty();
        if (chosen && !wish.acceptDataChange()) {
            throw new InputException(Words.of(
                            "The data of %s are not those that it was trained on: %s. What is held out now may have been trained on. Give it the same data again, or accept the change and measure with these.",
                            run.directory().root(), words))
                    .about("acceptDataChange");
        }
        report.note(Words.of(
                "The data are not those that %s was trained on: %s.",
                run.directory().root(), words));
    }
}
