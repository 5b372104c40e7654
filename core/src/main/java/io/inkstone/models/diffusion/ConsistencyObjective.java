package io.inkstone.models.diffusion;

import io.inkstone.InputException;
import io.inkstone.condition.Told;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LevelBatch;
import io.inkstone.diffusion.Target;
import io.inkstone.models.unet.DiffusionNetwork;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Consistency tuning (Geng et al. 2024, "Consistency Models Made Easy", algorithm 1): the network's clean picture from a noisy one
 * shall be the one that it gives, held fixed, for the same picture with the same noise and less of it. In the end it answers at
 * every level where the whole way from there leads, and {@code --sampler consistency} draws in one step.
 *
 * <p>At level 0 the answer must be the picture itself. Every target but the clean picture is so by its formula.
 *
 * @param conditions of a batch, for both looks
 * @param schedule how near the levels lie
 */
record ConsistencyObjective(
        DiffusionNetwork network, DiffusionProcess process, ConditionDrop conditions, ConsistencySchedule schedule) {
    ConsistencyObjective {
        Target.Mix mix = process.target().answer(new Level(0, 1, 0));
        if (mix.ofNoise() == 0) {
            throw new InputException(
                    "Consistency tuning needs a network whose answer tells the noise: at no noise at all, what predicts the clean picture would have to copy it. Take a run that was trained with another diffusion.target.");
        }
    }

    Objective asObjective() {
        return Objective.of(network.layer(), this::losses);
    }

    private Losses losses(Batch batch, Draws draws) {
        Tensor clean = batch.pictures();
        ComputeDevice device = ComputeDevice.of(clean);
        LevelBatch levels = LevelBatch.at(process.path(), process.draw().times(draws, batch.size()), device);
        List<Level> nearer = levels.levels().stream()
                .map(level -> schedule.nearer(process.path(), level, draws.batch()))
                .toList();
        Tensor noise = Tensors.channelsLast(draws.normal(clean.shape()));
        Told told = conditions.of(batch, draws);
        Tensor wanted;
        try (NoGradient none = NoGradient.begin()) {
            wanted = guess(clean, noise, new LevelBatch(nearer, device), told);
        }
        Tensor guess = guess(clean, noise, levels, told);
        return Losses.of(error(guess, wanted, levels, draws.batch()));
    }

    /** The clean picture that the network sees in the noisy one, float32. */
    private Tensor guess(Tensor clean, Tensor noise, LevelBatch levels, Told told) {
        Target target = process.target();
        Tensor noisy = levels.mixed(Level::alpha, clean, Level::sigma, noise);
        Tensor answer = network.apply(levels.scaled(noisy, target::inputScale), levels.numbers(target::inputTime), told)
                .to(ScalarType.Float);
        return levels.mixed(
                level -> -target.answer(level).ofNoise() * target.cleanPerAnswer(level) / level.sigma(),
                noisy,
                target::cleanPerAnswer,
                answer);
    }

    /** Mean of 1/(t − r)·(√(‖Δ‖² + c²) − c) over the pictures. */
    private Tensor error(Tensor guess, Tensor wanted, LevelBatch levels, long batch) {
        double c = schedule.huber();
        Tensor squares = guess.sub(wanted).square().flatten(1, -1).sum(1);
        Tensor distance = squares.add(new Scalar(c * c)).sqrt().sub(new Scalar(c));
        return distance.mul(levels.numbers(level -> schedule.weight(level, batch)))
                .mean();
    }
}
