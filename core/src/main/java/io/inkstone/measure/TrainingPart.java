package io.inkstone.measure;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.recipe.DataConfig;
import java.util.Optional;

/**
 * The pictures that a model learned from, beside those that it is measured with.
 *
 * @param set empty where they cannot be looked at
 * @param flipped whether it learned from mirrored ones too
 * @param elsewhere whether the pictures that it is measured with are of other data
 * @param lacking why there are none, as the end of a sentence
 * @param opened what is closed at the end, where that is not closed with the measured pictures
 */
record TrainingPart(
        Optional<PreparedSet> set, boolean flipped, boolean elsewhere, String lacking, Optional<DataSet> opened) {
    /** Of the same data as the measured pictures. */
    static TrainingPart beside(PreparedSet train, boolean flipped) {
        return new TrainingPart(Optional.of(train), flipped, false, "", Optional.empty());
    }

    /** Of a run's own data, while other ones are measured with. */
    static TrainingPart of(DataConfig own) {
        DataSet opened;
        try {
            opened = own.open();
        } catch (InputException gone) {
            return missing(own, Words.of("the pictures that it was trained on cannot be read (%s)", gone.getMessage()));
        }
        try {
            Preparation stopping = Preparation.of(own.transform().on(opened.info()));
            Preparation preparation = own.skipDamaged() ? stopping.skippingDamaged() : stopping;
            PreparedSet train =
                    preparation.prepare(opened.holdingOut(own.heldOut()).train());
            return new TrainingPart(Optional.of(train), own.flip(), true, "", Optional.of(opened));
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    /** Not looked at: no figure that was asked for needs them. */
    static TrainingPart unneeded(DataConfig own) {
        return missing(own, "nobody asked for them");
    }

    private static TrainingPart missing(DataConfig own, String why) {
        return new TrainingPart(Optional.empty(), own.flip(), true, why, Optional.empty());
    }

    void close() {
        opened.ifPresent(DataSet::close);
    }
}
