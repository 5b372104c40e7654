package io.inkstone.models.unet;

import io.inkstone.AutoInt;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.Foreign;
import io.inkstone.models.Imported;
import io.inkstone.models.Model;
import java.util.List;
import java.util.Optional;

/** Context U-Net diffusion, trained to predict noise. */
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
                new DiffusionSettings.ModelGroup(64, AutoInt.AUTO, true, true),
                DiffusionSettings.DiffusionGroup.PUBLISHED);
    }

    @Override
    public DiffusionSettings fitted(DiffusionSettings settings, DataForm data) {
        ContextUnet.Shape shape = shape(settings, data);
        DiffusionSettings.ModelGroup model = settings.model();
        return new DiffusionSettings(
                new DiffusionSettings.ModelGroup(
                        model.width(),
                        AutoInt.of(shape.pool()),
                        model.up0(),
                        model.conditional() && !data.classes().isEmpty()),
                settings.diffusion());
    }

    @Override
    public Model build(Initializer init, DiffusionSettings settings, DataForm data) {
        return new DiffusionModel(
                new ContextUnet(init, shape(settings, data)),
                settings.diffusion(),
                settings.model().conditional() ? data.classes() : List.of());
    }

    @Override
    public Optional<Imported<DiffusionSettings>> recognise(Foreign file, DiffusionSettings settings) {
        return ForeignUnet.recognise(file, settings);
    }

    /** Data without labels gets a context of one entry that is always zero: the published network has no other form. */
    private static ContextUnet.Shape shape(DiffusionSettings settings, DataForm data) {
        return new ContextUnet.Shape(
                data.channels(),
                settings.model().width(),
                data.side(),
                Math.max(1, data.classes().size()),
                settings.model().pool().or(Math.max(1, data.side() / 4)),
                settings.model().up0());
    }
}
