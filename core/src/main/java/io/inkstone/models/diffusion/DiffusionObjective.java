package io.inkstone.models.diffusion;

import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LevelBatch;
import io.inkstone.diffusion.Target;
import io.inkstone.models.unet.DiffusionNetwork;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Ho et al. 2020, eq. 14, for any path and target: squared error between the target and the network's answer for x_t =
 * α_t·clean + σ_t·noise, at a level drawn per picture, weighed by it. The condition of some pictures is dropped, so that
 * one network learns both models that guidance needs.
 *
 * @param conditions of a batch
 */
public record DiffusionObjective(DiffusionNetwork network, DiffusionProcess process, ConditionDrop conditions) {
    /** Of a network that is told nothing but the time. */
    public static Objective alone(DiffusionNetwork network, DiffusionProcess process) {
        return new DiffusionObjective(network, process, new ConditionDrop(network.conditions(List.of()), 0))
                .asObjective();
    }

    Objective asObjective() {
        return Objective.of(network.layer(), this::losses);
    }

    private Losses losses(Batch batch, Draws draws) {
        Tensor clean = batch.pictures();
        Target target = process.target();
        LevelBatch levels =
                LevelBatch.at(process.path(), process.draw().times(draws, batch.size()), ComputeDevice.of(clean));
        Tensor noise = Tensors.channelsLast(draws.normal(clean.shape()));
        Tensor noisy = levels.mixed(Level::alpha, clean, Level::sigma, noise);
        Tensor answer = network.apply(
                levels.scaled(noisy, target::inputScale),
                levels.numbers(target::inputTime),
                conditions.of(batch, draws));
        Tensor wanted = levels.mixed(
                level -> target.answer(level).ofClean(),
                clean,
                level -> target.answer(level).ofNoise(),
                noise);
        return Losses.of(error(answer, wanted, levels));
    }

    private Tensor error(Tensor answer, Tensor wanted, LevelBatch levels) {
        if (levels.all(this::weight, 1)) {
            return Tensors.meanSquaredError(answer, wanted);
        }
        Shapes.requireEqual("weighted squared error", answer, wanted);
        return levels.scaled(answer.to(ScalarType.Float).sub(wanted).square(), this::weight)
                .mean();
    }

    private double weight(Level level) {
        return process.weight().of(level, process.target());
    }
}
