package io.inkstone.models.latent;

import io.inkstone.models.diffusion.DiffusionSettings;
import io.inkstone.models.stage.FirstStage;
import io.inkstone.models.stage.StagedSettings;

/**
 * The recipe keys of latent diffusion.
 *
 * @param model of the network that draws codes
 * @param diffusion of the codes
 * @param firstStage what the codes are
 */
public record LatentSettings(
        DiffusionSettings.ModelGroup model, DiffusionSettings.DiffusionGroup diffusion, FirstStage firstStage)
        implements StagedSettings<LatentSettings> {
    public LatentSettings {
        diffusion.process(); // what does not go together is refused while the recipe is read
    }

    @Override
    public LatentSettings with(FirstStage other) {
        return new LatentSettings(model, diffusion, other);
    }

    DiffusionSettings ofCodes() {
        return new DiffusionSettings(model, diffusion);
    }

    LatentSettings with(DiffusionSettings ofCodes) {
        return new LatentSettings(ofCodes.model(), ofCodes.diffusion(), firstStage);
    }
}
