package io.inkstone.diffusion;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * What a network predicts, and how it is dressed: every target is a mix of the clean picture and the noise, and so one
 * pair of numbers a level gives both directions. With answer = a·clean + b·noise and noisy = α·clean + σ·noise,
 *
 * <pre>clean = (σ·answer − b·noisy)/(a·σ − b·α)</pre>
 */
public interface Target {
    /** The answer a·clean + b·noise. */
    record Mix(double ofClean, double ofNoise) {}

    /** What the network should answer at {@code level}. */
    Mix answer(Level level);

    /** What noisy pictures are multiplied by before the network sees them. */
    default double inputScale(Level level) {
        return 1;
    }

    /** What the network is told of the level: a number of the order of 1. */
    default double inputTime(Level level) {
        return level.time();
    }

    /** How much an error of the answer moves the clean picture, σ/(a·σ − b·α). */
    default double cleanPerAnswer(Level level) {
        return level.sigma() / divisor(answer(level), level);
    }

    /** The clean picture that {@code output} stands for, when the network saw {@code noisy} at {@code level}. */
    default Tensor clean(Tensor output, Tensor noisy, Level level) {
        if (level.sigma() == 0) {
            return Tensors.scale(noisy, 1 / level.alpha());
        }
        Mix mix = answer(level);
        double divisor = divisor(mix, level);
        double ofNoisy = -mix.ofNoise() / divisor;
        double ofOutput = level.sigma() / divisor;
        return ofNoisy == 0 ? Tensors.scale(output, ofOutput) : Tensors.combine(ofNoisy, noisy, ofOutput, output);
    }

    /** A network dressed as a denoiser. */
    default Denoiser dress(Denoiser.Network network) {
        return (noisy, level) -> {
            double scale = inputScale(level);
            Tensor input = scale == 1 ? noisy : Tensors.scale(noisy, scale);
            return clean(network.predict(input, inputTime(level)), noisy, level);
        };
    }

    private static double divisor(Mix mix, Level level) {
        double divisor = mix.ofClean() * level.sigma() - mix.ofNoise() * level.alpha();
        if (divisor == 0) {
            throw new InputException(Words.of(
                            "What this network answers at time %s (α = %s, σ = %s) says nothing of the clean picture: choose a path that keeps some signal, or another target.",
                            level.time(), number(level.alpha()), number(level.sigma())))
                    .about("diffusion.target=velocity");
        }
        return divisor;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
