package io.inkstone.models.vae;

import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.List;
import java.util.Optional;

/** Convolutional VAEs; the defaults are those published for faces of 64×64, but for the output activation. */
public final class VaeFamily implements Family<VaeSettings> {
    @Override
    public String name() {
        return "vae";
    }

    @Override
    public Class<VaeSettings> settingsType() {
        return VaeSettings.class;
    }

    @Override
    public VaeSettings defaults() {
        return new VaeSettings(
                new VaeSettings.ModelGroup(
                        List.of(16, 32, 64, 128, 256), List.of(), 128, VaeSettings.Output.SIGMOID, false),
                VaeSettings.ObjectiveGroup.gaussian(0.00025));
    }

    @Override
    public VaeSettings fitted(VaeSettings settings, DataForm data) {
        VaeSettings.ModelGroup model = settings.model();
        return new VaeSettings(
                new VaeSettings.ModelGroup(
                        model.channels(),
                        model.hidden(),
                        model.latent(),
                        model.output(),
                        data.tells(model.conditional())),
                settings.objective());
    }

    @Override
    public Model build(Initializer init, VaeSettings settings, DataForm data) {
        VaeSettings.ModelGroup model = settings.model();
        List<String> classes = data.told(model.conditional());
        return new VaeModel(network(init, model, data, classes.size()), classes, settings.objective());
    }

    private static CodeNetwork network(Initializer init, VaeSettings.ModelGroup model, DataForm data, int classes) {
        if (!model.hidden().isEmpty()) {
            return new DenseVaeNetwork(
                    init,
                    new DenseVaeNetwork.Shape(
                            data.channels(), data.side(), model.hidden(), model.latent(), classes, model.output()));
        }
        return new VaeNetwork(
                init,
                new VaeShape(data.channels(), data.side(), model.channels(), model.latent(), classes, model.output()));
    }

    @Override
    public Optional<Imported<VaeSettings>> recognise(Foreign file, VaeSettings settings) {
        return ForeignVae.recognise(file, settings);
    }
}
