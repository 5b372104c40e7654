package io.inkstone.models.latent;

import io.inkstone.models.diffusion.DiffusionSettings;
import io.inkstone.models.diffusion.DrawGroup;
import io.inkstone.models.diffusion.ObjectiveGroup;
import io.inkstone.models.stage.FirstStage;
import io.inkstone.models.stage.StagedSettings;

/**
 * The recipe keys of latent diffusion.
 *
 * @param model of the network that draws codes
 * @param diffusion of the codes
 * @param objective what training minimises
 * @param draw how it draws where nobody says otherwise
 * @param firstStage what the codes are
 */
public record LatentSettings(
        DiffusionSettings.ModelGroup model,
        DiffusionSettings.DiffusionGroup diffusion,
        ObjectiveGroup objective,
        DrawGroup draw,
        FirstStage firstStage)
        implements StagedSettings<LatentSettings> {
    public LatentSettings {
        new DiffusionSettings(
                model, diffusion, objective, draw); // what does not go together is refused while the recipe is read
    }

    @Override
    public LatentSettings with(FirstStage other) {
        return new LatentSettings(model, diffusion, objective, draw, other);
    }

    /** Without the first stage. */
    public DiffusionSettings ofCodes() {
        return new DiffusionSettings(model, diffusion, objective, draw);
    }

    public LatentSettings with(DiffusionSettings ofCodes) {
        return new LatentSettings(
                ofCodes.model(), ofCodes.diffusion(), ofCodes.objective(), ofCodes.draw(), firstStage);
    }
}
