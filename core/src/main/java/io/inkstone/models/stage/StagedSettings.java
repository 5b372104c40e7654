package io.inkstone.models.stage;

/**
 * Settings of a family whose model draws the codes of a first stage.
 *
 * @param <S> the settings themselves
 */
public interface StagedSettings<S> {
    FirstStage firstStage();

    S with(FirstStage other);
}
