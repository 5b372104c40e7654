package io.inkstone.tensor;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.global.torch;

/**
 * Randomness with an address: every random number is a pure function of the run's seed, its {@link Purpose} and where it
 * is used (step, epoch, picture). Nothing is consumed from a shared stream, so a resumed run, another thread count or
 * another order of work draws the same numbers.
 */
public record Seed(long value) {
    /** What a random number is for. The order is part of the file format: append only. */
    public enum Purpose {
        /** First values of the weights. */
        WEIGHTS,
        /** Order of the pictures, by epoch. */
        ORDER,
        /** Noise and levels of training, by step. */
        NOISE,
        /** Dropped contexts and activations, by step. */
        DROPOUT,
        /** Generated pictures, by picture seed. */
        SAMPLING,
        /** Retired: flips go with the order. Its place stays taken. */
        AUGMENTATION
    }

    /** A number for this purpose and address: SplitMix64's finaliser (Steele et al. 2014) folded over the parts. */
    public long at(Purpose purpose, long... address) {
        long hash = SplitMix64.mix(value + SplitMix64.GAMMA * (purpose.ordinal() + 1));
        for (long part : address) {
            hash = SplitMix64.mix(hash + SplitMix64.GAMMA + SplitMix64.mix(part));
        }
        return hash;
    }

    /** A source of Java numbers. */
    public SplitMix64 random(Purpose purpose, long... address) {
        return new SplitMix64(at(purpose, address));
    }

    /** A source of tensors, on the CPU whatever the device, so that devices agree. Belongs to the open scope. */
    public Generator generator(Purpose purpose, long... address) {
        NativeLibrary.load();
        return torch.make_generator_cpu(at(purpose, address));
    }
}
