package io.inkstone.models.latent;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.models.diffusion.DiffusionFamily;
import io.inkstone.models.diffusion.DiffusionSettings;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import io.inkstone.models.stage.FirstStage;
import java.util.Optional;
import java.util.function.Supplier;

/** Diffusion of the codes of an autoencoder. */
public final class LatentDiffusionFamily implements Family<LatentSettings> {
    private final DiffusionFamily ofCodes = new DiffusionFamily();

    @Override
    public String name() {
        return "latent-diffusion";
    }

    @Override
    public Class<LatentSettings> settingsType() {
        return LatentSettings.class;
    }

    @Override
    public LatentSettings defaults() {
        DiffusionSettings plain = ofCodes.defaults();
        return new LatentSettings(plain.model(), plain.diffusion(), FirstStage.NONE);
    }

    @Override
    public LatentSettings fitted(LatentSettings settings, DataForm data) {
        DataForm codes = settings.firstStage().codes(data.classes());
        return settings.with(saying(codes, () -> ofCodes.fitted(settings.ofCodes(), codes)));
    }

    @Override
    public Model build(Initializer init, LatentSettings settings, DataForm data) {
        DataForm codes = settings.firstStage().codes(data.classes());
        int reduction = data.size().height() / codes.size().height();
        return saying(
                codes,
                () -> new LatentDiffusionModel(
                        ofCodes.build(init, settings.ofCodes(), codes), settings.firstStage(), reduction));
    }

    /** What a network says of the side of its pictures is here about codes. */
    private static <T> T saying(DataForm codes, Supplier<T> work) {
        try {
            return work.get();
        } catch (InputException refused) {
            throw new InputException(
                    Words.of(
                            "The codes of the first stage are %d×%d×%d. %s",
                            codes.channels(),
                            codes.size().height(),
                            codes.size().width(),
                            refused.getMessage()),
                    refused);
        }
    }

    /** A network of codes looks like one of pictures; whose codes they were, no weight file tells. */
    @Override
    public Optional<Imported<LatentSettings>> recognise(Foreign file, LatentSettings settings) {
        return Optional.empty();
    }
}
