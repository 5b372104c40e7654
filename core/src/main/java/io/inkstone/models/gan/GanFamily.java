package io.inkstone.models.gan;

import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.models.dnn.LatentGenerator;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.List;
import java.util.Optional;

/** A generator and a discriminator that learn from each other. */
public final class GanFamily implements Family<GanSettings> {
    @Override
    public String name() {
        return "gan";
    }

    @Override
    public Class<GanSettings> settingsType() {
        return GanSettings.class;
    }

    @Override
    public GanSettings defaults() {
        return new GanSettings(new GanSettings.ModelGroup(62, true, false));
    }

    @Override
    public GanSettings fitted(GanSettings settings, DataForm data) {
        GanSettings.ModelGroup model = settings.model();
        return new GanSettings(
                new GanSettings.ModelGroup(model.latent(), data.tells(model.conditional()), model.spectralNorm()));
    }

    @Override
    public Model build(Initializer init, GanSettings settings, DataForm data) {
        GanSettings.ModelGroup model = settings.model();
        List<String> classes = data.told(model.conditional());
        LatentGenerator.Shape shape =
                new LatentGenerator.Shape(model.latent(), classes.size(), data.channels(), data.side());
        return new GanModel(new GanNetwork(init, shape, model.spectralNorm()), classes);
    }

    @Override
    public Optional<Imported<GanSettings>> recognise(Foreign file, GanSettings settings) {
        return ForeignGan.recognise(file, settings);
    }
}
