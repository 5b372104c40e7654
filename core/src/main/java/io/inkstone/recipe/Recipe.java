package io.inkstone.recipe;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Families;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.models.TrainingPass;
import io.inkstone.models.stage.StagedSettings;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.train.OptimizerConfig;

/**
 * Everything that determines a run: what a recipe file says, with every default written.
 *
 * @param system name of the family
 * @param data where pictures come from and what is done to them
 * @param settings the family's own groups
 * @param optimizer for every phase of training
 * @param ema average of the weights
 * @param train how long, how much at once, what is kept
 * @param preview pictures on the way
 */
public record Recipe(
        String system,
        DataConfig data,
        Object settings,
        OptimizerConfig optimizer,
        EmaConfig ema,
        TrainConfig train,
        PreviewConfig preview) {

    /**
     * The same with everything that was left to the data taken from it; refuses what the network cannot take. Of a recipe that
     * names a first stage everything about that must be known.
     */
    public Recipe fittedTo(DataInfo info) {
        DataConfig fitting = data.resolved(info);
        return new Recipe(
                system, fitting, fitted(Families.named(system), fitting.form()), optimizer, ema, train, preview);
    }

    /** The same with everything decided that is left to the machine on which it is trained; resolved before. */
    public Recipe decided(ComputeDevice device) {
        int bytes = train.precision().on(device) == Precision.BFLOAT16 ? 2 : 4;
        return with(data, decided(Families.named(system), new TrainingPass(device, train.batch(), bytes)));
    }

    private <S> S decided(Family<S> family, TrainingPass pass) {
        return family.decided(family.settingsType().cast(settings), data.form(), pass);
    }

    /** The same with another idea of the data and the network. */
    public Recipe with(DataConfig otherData, Object otherSettings) {
        return new Recipe(system, otherData, otherSettings, optimizer, ema, train, preview);
    }

    public Recipe withPrecision(Precision precision) {
        return new Recipe(system, data, settings, optimizer, ema, train.with(precision), preview);
    }

    public Recipe withSource(String source) {
        return new Recipe(system, data.withSource(source), settings, optimizer, ema, train, preview);
    }

    /** The same on the codes of another run. */
    public Recipe withFirstStage(String run) {
        if (settings instanceof StagedSettings<?> staged) {
            return with(data, staged.with(staged.firstStage().withRun(run)));
        }
        throw new InputException(Words.of("A recipe of system '%s' has no first stage: leave it out.", system))
                .about("firstStage");
    }

    /** The model of a resolved recipe. */
    public Model build(Initializer init) {
        return build(Families.named(system), init);
    }

    private <S> S fitted(Family<S> family, DataForm form) {
        return family.fitted(family.settingsType().cast(settings), form);
    }

    private <S> Model build(Family<S> family, Initializer init) {
        return family.build(init, family.settingsType().cast(settings), data.form());
    }
}
