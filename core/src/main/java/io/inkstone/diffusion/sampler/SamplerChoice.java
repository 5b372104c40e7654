package io.inkstone.diffusion.sampler;

import io.inkstone.InputException;
import io.inkstone.diffusion.Sampler;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The samplers by the names that options and recipes use. */
public enum SamplerChoice {
    /** Ancestral: the published variance over all levels, the posterior's with fewer steps. */
    DDPM {
        @Override
        public Sampler create(int steps, int levels, double eta) {
            refuseEta(eta);
            return new DdpmSampler(steps == levels ? DdpmSampler.Variance.LARGE : DdpmSampler.Variance.SMALL);
        }
    },
    DDPM_LARGE {
        @Override
        public Sampler create(int steps, int levels, double eta) {
            refuseEta(eta);
            return new DdpmSampler(DdpmSampler.Variance.LARGE);
        }
    },
    DDPM_SMALL {
        @Override
        public Sampler create(int steps, int levels, double eta) {
            refuseEta(eta);
            return new DdpmSampler(DdpmSampler.Variance.SMALL);
        }
    },
    /** Without the noise that is added back: shows what it is for. */
    DDPM_ZERO {
        @Override
        public Sampler create(int steps, int levels, double eta) {
            refuseEta(eta);
            return new DdpmSampler(DdpmSampler.Variance.ZERO);
        }
    },
    DDIM {
        @Override
        public Sampler create(int steps, int levels, double eta) {
            return new DdimSampler(eta);
        }

        @Override
        public int defaultSteps(int levels) {
            return Math.min(25, levels);
        }

        @Override
        public boolean keepsFrame(int index, int levels) {
            return true;
        }
    };

    private static final int FRAME_EVERY = 20;
    private static final int LAST_FRAMES = 8;

    /**
     * @param steps that will be taken
     * @param levels T
     * @param eta DDIM's η; others refuse any but 0
     */
    public abstract Sampler create(int steps, int levels, double eta);

    /** Steps where nobody asks for another number. */
    public int defaultSteps(int levels) {
        return levels;
    }

    /** Whether the pictures after the step that left table index {@code index} belong into a film. */
    public boolean keepsFrame(int index, int levels) {
        return index == levels || index % FRAME_EVERY == 0 || index < LAST_FRAMES;
    }

    /** {@code ddim}, {@code ddpm-small}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static SamplerChoice named(String word) {
        List<String> known = Arrays.stream(values()).map(SamplerChoice::word).toList();
        int index = known.indexOf(word);
        if (index < 0) {
            throw new InputException("There is no sampler '%s'. Known: %s.".formatted(word, String.join(", ", known)));
        }
        return values()[index];
    }

    private static void refuseEta(double eta) {
        if (eta != 0) {
            throw new InputException("η belongs to DDIM: leave --eta out, or choose --sampler ddim.");
        }
    }
}
