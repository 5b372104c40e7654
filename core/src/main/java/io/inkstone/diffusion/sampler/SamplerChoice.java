package io.inkstone.diffusion.sampler;

import io.inkstone.Choices;
import io.inkstone.InputException;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.target.NoiseTarget;

/** The samplers by the names that options and recipes use. */
public enum SamplerChoice {
    /** Ancestral: the published variance over all levels, the posterior's with fewer steps. */
    DDPM(Integer.MAX_VALUE) {
        @Override
        Sampler create(int steps, int levels) {
            return new DdpmSampler(steps == levels ? DdpmSampler.Variance.LARGE : DdpmSampler.Variance.SMALL);
        }
    },
    DDPM_LARGE(Integer.MAX_VALUE) {
        @Override
        Sampler create(int steps, int levels) {
            return new DdpmSampler(DdpmSampler.Variance.LARGE);
        }
    },
    DDPM_SMALL(Integer.MAX_VALUE) {
        @Override
        Sampler create(int steps, int levels) {
            return new DdpmSampler(DdpmSampler.Variance.SMALL);
        }
    },
    /** Without the noise that is added back: shows what it is for. */
    DDPM_ZERO(Integer.MAX_VALUE) {
        @Override
        Sampler create(int steps, int levels) {
            return new DdpmSampler(DdpmSampler.Variance.ZERO);
        }
    },
    DDIM(25) {
        @Override
        Sampler create(int steps, int levels) {
            return new DdimSampler(0);
        }

        @Override
        public Sampler create(int steps, int levels, double eta) {
            return new DdimSampler(eta);
        }
    },
    /** The same formula as DDIM without noise, by the name that it has on the paths of EDM and flow. */
    EULER(25) {
        @Override
        Sampler create(int steps, int levels) {
            return new DdimSampler(0);
        }
    },
    /** The same formula as DDIM with all its noise. */
    EULER_ANCESTRAL(50) {
        @Override
        Sampler create(int steps, int levels) {
            return new DdimSampler(1);
        }
    },
    HEUN(15) {
        @Override
        Sampler create(int steps, int levels) {
            return new HeunSampler();
        }
    },
    DPMPP_2M(20) {
        @Override
        Sampler create(int steps, int levels) {
            return new DpmSolverPlusPlusSampler(false);
        }

        @Override
        public boolean remembers() {
            return true;
        }
    },
    DPMPP_2M_SDE(25) {
        @Override
        Sampler create(int steps, int levels) {
            return new DpmSolverPlusPlusSampler(true);
        }

        @Override
        public boolean remembers() {
            return true;
        }
    },
    UNIPC(15) {
        @Override
        Sampler create(int steps, int levels) {
            return new UniPcSampler(3);
        }

        @Override
        public boolean remembers() {
            return true;
        }
    },
    /** What Stable Diffusion 1 was published with; made for even steps of the table. */
    PLMS(50) {
        @Override
        Sampler create(int steps, int levels) {
            return new PlmsSampler(new NoiseTarget());
        }

        @Override
        public boolean remembers() {
            return true;
        }
    },
    LMS(25) {
        @Override
        Sampler create(int steps, int levels) {
            return new LmsSampler(LmsSampler.USUAL_ORDER);
        }

        @Override
        public boolean remembers() {
            return true;
        }
    },
    /** For models that were tuned to draw in one or two steps. */
    CONSISTENCY(2) {
        @Override
        Sampler create(int steps, int levels) {
            return new ConsistencySampler();
        }
    };

    private final int usualSteps;

    SamplerChoice(int usualSteps) {
        this.usualSteps = usualSteps;
    }

    abstract Sampler create(int steps, int levels);

    /**
     * @param steps that will be taken
     * @param levels T
     * @param eta DDIM's η; others refuse any but 0
     */
    public Sampler create(int steps, int levels, double eta) {
        if (eta != 0) {
            throw new InputException("η belongs to DDIM: leave --eta out, or choose --sampler ddim.");
        }
        return create(steps, levels);
    }

    /** Steps where nobody asks for another number; all of them for the ancestral ones. */
    public int defaultSteps(int levels) {
        return Math.min(usualSteps, levels);
    }

    /** Whether it takes every level of the table unless told otherwise: the ancestral ones. */
    public boolean visitsAllLevels() {
        return usualSteps == Integer.MAX_VALUE;
    }

    /** Whether a step goes by the guesses of the steps before it, so that none can be taken alone. */
    public boolean remembers() {
        return false;
    }

    /** {@code ddim}, {@code ddpm-small}. */
    public String word() {
        return Choices.word(this);
    }

    public static SamplerChoice named(String word) {
        return Choices.named(SamplerChoice.class, word, "sampler");
    }
}
