package io.inkstone.models.dnn;

import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.List;
import java.util.Optional;

/** The plain baseline: label and random latent to picture, trained with the error to a real picture of that label. */
public final class DnnFamily implements Family<DnnSettings> {
    @Override
    public String name() {
        return "dnn";
    }

    @Override
    public Class<DnnSettings> settingsType() {
        return DnnSettings.class;
    }

    @Override
    public DnnSettings defaults() {
        return new DnnSettings(new DnnSettings.ModelGroup(62, true));
    }

    @Override
    public DnnSettings fitted(DnnSettings settings, DataForm data) {
        DnnSettings.ModelGroup model = settings.model();
        return new DnnSettings(new DnnSettings.ModelGroup(model.latent(), data.tells(model.conditional())));
    }

    @Override
    public Model build(Initializer init, DnnSettings settings, DataForm data) {
        List<String> classes = data.told(settings.model().conditional());
        return new DnnModel(
                new LatentGenerator(
                        init,
                        new LatentGenerator.Shape(
                                settings.model().latent(), classes.size(), data.channels(), data.side())),
                classes);
    }

    @Override
    public Optional<Imported<DnnSettings>> recognise(Foreign file, DnnSettings settings) {
        return ForeignGenerator.recognise(file, settings);
    }
}
