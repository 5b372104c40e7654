package io.inkstone.models.stable;

import io.inkstone.condition.Told;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LevelBatch;
import io.inkstone.diffusion.Target;
import io.inkstone.layers.BlockPass;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Recomputation;
import io.inkstone.models.conditional.Prompted;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Tunes the U-Net, or low-rank changes of it, on captioned pictures (Rombach et al. 2022, eq. 3): squared error between what its scheduler's config says
 * that it answers and the answer for noised latents, at a timestep drawn per picture. Latents are the means of the first
 * stage's codes; captions of more than 75 ids are cut, and some are left out.
 */
record StableObjective(StableModel model) {
    Objective asObjective() {
        return Objective.of(model.network(), this::losses);
    }

    private Losses losses(Batch batch, Draws draws) {
        if (!model.settings().model().checkpointing()) {
            return losses(batch, draws, BlockPass.PLAIN);
        }
        Recomputation pass = new Recomputation();
        try {
            return losses(batch, draws, pass).outOf(pass);
        } catch (RuntimeException failure) {
            pass.close();
            throw failure;
        }
    }

    private Losses losses(Batch batch, Draws draws, BlockPass blocks) {
        DiffusionProcess process = model.process();
        Target target = process.target();
        Tensor clean = Layer.evaluating(
                () -> Scope.yielding(() -> model.noiseless(batch.pictures()).to(ScalarType.Float)));
        Tensor noise = draws.normal(clean.shape());
        LevelBatch levels =
                LevelBatch.at(process.path(), process.draw().times(draws, batch.size()), ComputeDevice.of(clean));
        Tensor noisy = levels.mixed(Level::alpha, clean, Level::sigma, noise);
        Tensor answer = model.unet()
                .apply(
                        levels.scaled(noisy, target::inputScale),
                        levels.numbers(target::inputTime),
                        Prompted.of(told(batch, draws).text().values()),
                        blocks);
        Tensor wanted = levels.mixed(
                level -> target.answer(level).ofClean(),
                clean,
                level -> target.answer(level).ofNoise(),
                noise);
        return Losses.of(Tensors.meanSquaredError(answer, wanted));
    }

    private Told told(Batch batch, Draws draws) {
        StableConditions encoder = model.encoder();
        Told all = encoder.cut(batch.conditions(), batch.size());
        double dropped = model.settings().diffusion().contextDropout();
        return all.keeping(draws.keep(batch.size(), dropped), () -> encoder.cut(List.of(), batch.size()));
    }
}
