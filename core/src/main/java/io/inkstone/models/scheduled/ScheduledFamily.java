package io.inkstone.models.scheduled;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.UnconditionalConfig;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.Optional;

/** Diffusion of pictures along a scheduler, as pipelines around {@code UNet2DModel} do it. */
public final class ScheduledFamily implements Family<ScheduledSettings> {
    /** As recipes write it. */
    public static final String NAME = "scheduled-diffusion";

    private static final String[] NAMES = {
        "time_embedding.linear_1.weight", "mid_block.resnets.0.time_emb_proj.weight", "conv_norm_out.weight"
    };

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<ScheduledSettings> settingsType() {
        return ScheduledSettings.class;
    }

    @Override
    public ScheduledSettings defaults() {
        return ScheduledSettings.DEFAULT;
    }

    @Override
    public ScheduledSettings fitted(ScheduledSettings settings, DataForm data) {
        ScheduledSettings fitted = settings.fitted(data);
        require(fitted.network(), data);
        return fitted;
    }

    private static void require(UnconditionalConfig config, DataForm data) {
        if (config.shape().in() != data.channels()) {
            throw new InputException(Words.of(
                    "This network draws pictures of %d channels, and the data has %d: choose data.channels=%d.",
                    config.shape().in(), data.channels(), config.shape().in()));
        }
        Sizes.multiplesOf(config.reduction()).require("This network", data.size());
    }

    @Override
    public ScheduledModel build(Initializer init, ScheduledSettings settings, DataForm data) {
        UnconditionalConfig config = settings.fitted(data).network();
        require(config, data);
        return new ScheduledModel(
                new PictureUnet(new ConditionalUnet(init, config.shape()), data.size(), config.reduction()),
                settings.diffusion().config());
    }

    /** Names alone: sizes stand in the config, which travels in the recipe of our own files and in folders. */
    @Override
    public Optional<Imported<ScheduledSettings>> recognise(Foreign file, ScheduledSettings settings) {
        boolean reads =
                file.weights().tensors().keySet().stream().anyMatch(name -> name.contains("transformer_blocks"));
        return file.holds(NAMES) && !reads
                ? Optional.of(new Imported<>(settings.fitted(file.data()), file.data(), file.weights()))
                : Optional.empty();
    }
}
