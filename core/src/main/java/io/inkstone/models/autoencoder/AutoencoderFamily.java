package io.inkstone.models.autoencoder;

import io.inkstone.layers.HandPass;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.models.TrainingPass;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.List;
import java.util.Optional;

/** The residual autoencoder with self-attention, the first stage of latent diffusion. */
public final class AutoencoderFamily implements Family<AutoencoderSettings> {
    @Override
    public String name() {
        return "autoencoder";
    }

    @Override
    public Class<AutoencoderSettings> settingsType() {
        return AutoencoderSettings.class;
    }

    @Override
    public AutoencoderSettings defaults() {
        return new AutoencoderSettings(
                new AutoencoderSettings.ModelGroup(128, List.of(1, 2, 4, 4), 4, 32, true, true, BlockMemory.AUTO),
                new AutoencoderSettings.ObjectiveGroup(0));
    }

    /** Nothing is left to the data but to be refused. */
    @Override
    public AutoencoderSettings fitted(AutoencoderSettings settings, DataForm data) {
        shape(settings, data).requireSides(data.side(), data.side());
        return settings;
    }

    /** Whether blocks are computed twice depends on the machine's memory, and the two ways round differently. */
    @Override
    public AutoencoderSettings decided(AutoencoderSettings settings, DataForm data, TrainingPass pass) {
        long[] pictures = {pass.pictures(), data.channels(), data.side(), data.side()};
        boolean byHand = HandPass.pays(pass.device(), pictures);
        boolean recomputes = settings.recomputes(shape(settings, data), pass.bytes(), byHand, pictures);
        return settings.withCheckpointing(recomputes ? BlockMemory.ALWAYS : BlockMemory.NEVER);
    }

    @Override
    public Model build(Initializer init, AutoencoderSettings settings, DataForm data) {
        AutoencoderShape shape = shape(settings, data);
        shape.requireSides(data.side(), data.side());
        return new AutoencoderModel(new AutoencoderNetwork(init, shape), settings, data);
    }

    @Override
    public Optional<Imported<AutoencoderSettings>> recognise(Foreign file, AutoencoderSettings settings) {
        return ForeignAutoencoder.recognise(file, settings);
    }

    private static AutoencoderShape shape(AutoencoderSettings settings, DataForm data) {
        AutoencoderSettings.ModelGroup model = settings.model();
        return new AutoencoderShape(
                data.channels(),
                model.width(),
                model.multipliers(),
                model.latent(),
                model.groups(),
                new AutoencoderShape.Parts(model.residual(), model.attention()));
    }
}
