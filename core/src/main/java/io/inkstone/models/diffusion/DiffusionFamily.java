package io.inkstone.models.diffusion;

import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.List;
import java.util.Optional;

/** Diffusion of pictures with one of the U-Nets. */
public final class DiffusionFamily implements Family<DiffusionSettings> {
    @Override
    public String name() {
        return "diffusion";
    }

    @Override
    public Class<DiffusionSettings> settingsType() {
        return DiffusionSettings.class;
    }

    @Override
    public DiffusionSettings defaults() {
        return new DiffusionSettings(
                DiffusionSettings.ModelGroup.context(64, DiffusionSettings.ContextKeys.PUBLISHED, true),
                DiffusionSettings.DiffusionGroup.PUBLISHED);
    }

    @Override
    public DiffusionSettings fitted(DiffusionSettings settings, DataForm data) {
        DiffusionSettings.ModelGroup model = settings.model().network().fitted(settings.model(), data);
        return settings.with(
                model.withConditional(model.conditional() && !data.classes().isEmpty()));
    }

    @Override
    public DiffusionModel build(Initializer init, DiffusionSettings settings, DataForm data) {
        return new DiffusionModel(
                settings.model().network().build(init, settings.model(), data),
                settings,
                settings.model().conditional() ? data.classes() : List.of());
    }

    @Override
    public Optional<Imported<DiffusionSettings>> recognise(Foreign file, DiffusionSettings settings) {
        return ForeignUnet.recognise(file, settings).or(() -> ForeignModernUnet.recognise(file, settings));
    }
}
