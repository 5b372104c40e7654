package io.inkstone.models.classifier;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Classifiers that judge generated pictures: small residual networks, trained in minutes. */
public final class ClassifierFamily implements Family<ClassifierSettings> {
    private static final int MOST_LEVELS = 16;

    @Override
    public String name() {
        return "classifier";
    }

    @Override
    public Class<ClassifierSettings> settingsType() {
        return ClassifierSettings.class;
    }

    @Override
    public ClassifierSettings defaults() {
        return new ClassifierSettings(
                new ClassifierSettings.ModelGroup(List.of(16, 32, 64), false), new ClassifierSettings.AugmentGroup(0));
    }

    @Override
    public ClassifierSettings fitted(ClassifierSettings settings, DataForm data) {
        return settings;
    }

    @Override
    public Model build(Initializer init, ClassifierSettings settings, DataForm data) {
        if (data.classes().size() < 2) {
            throw new InputException(Words.of(
                            "A classifier needs data with 2 classes or more, got %d. Give it labelled pictures.",
                            data.classes().size()))
                    .about("data");
        }
        ClassifierNetwork network = new ClassifierNetwork(
                init,
                data.channels(),
                settings.model().channels(),
                data.classes().size());
        return new ClassifierModel(
                network, data, settings.model().attributes(), settings.augment().shift());
    }

    @Override
    public Optional<Imported<ClassifierSettings>> recognise(Foreign file, ClassifierSettings settings) {
        if (!file.holds("stem.0.weight", "head.weight", "levels.0.down.0.weight")) {
            return Optional.empty();
        }
        List<Integer> channels = new ArrayList<>(List.of(file.size("stem.0.weight", 0, 1)));
        for (int level = 0; level < MOST_LEVELS && file.holds(down(level)); level++) {
            channels.add(file.size(down(level), 0, 1));
        }
        return Optional.of(new Imported<>(
                new ClassifierSettings(
                        new ClassifierSettings.ModelGroup(
                                channels, settings.model().attributes()),
                        settings.augment()),
                new DataForm(
                        file.size("stem.0.weight", 1, file.data().channels()),
                        file.data().side(),
                        file.classes(file.size(
                                "head.weight", 0, file.data().classes().size()))),
                file.weights()));
    }

    private static String down(int level) {
        return Words.of("levels.%d.down.0.weight", level);
    }
}
