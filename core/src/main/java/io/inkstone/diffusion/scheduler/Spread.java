package io.inkstone.diffusion.scheduler;

/** How a scheduler spreads its noise levels between the noisiest and the least noisy, where it does not go by timesteps. */
enum Spread {
    /** By the timesteps' own noise. */
    NONE {
        @Override
        double at(double highest, double lowest, double part) {
            throw new IllegalStateException("Timesteps say it.");
        }
    },
    /** Even in the 7th root (Karras et al. 2022, eq. 5). */
    KARRAS {
        @Override
        double at(double highest, double lowest, double part) {
            double first = Math.pow(highest, 1 / RHO);
            return Math.pow(first + part * (Math.pow(lowest, 1 / RHO) - first), RHO);
        }
    },
    /** Even in the logarithm. */
    EXPONENTIAL {
        @Override
        double at(double highest, double lowest, double part) {
            return Math.exp(Math.log(highest) + part * (Math.log(lowest) - Math.log(highest)));
        }
    };

    private static final double RHO = 7;

    /** The level at {@code part} of the way, 0 … 1. */
    abstract double at(double highest, double lowest, double part);

    static Spread of(SchedulerFields fields) {
        if (fields.flag("use_karras_sigmas")) {
            return KARRAS;
        }
        return fields.flag("use_exponential_sigmas") ? EXPONENTIAL : NONE;
    }
}
