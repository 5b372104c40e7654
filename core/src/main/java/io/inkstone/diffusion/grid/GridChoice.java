package io.inkstone.diffusion.grid;

import io.inkstone.diffusion.Choices;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.TimeGrid;

/** The grids by the names that options and recipes use. */
public enum GridChoice {
    UNIFORM {
        @Override
        public TimeGrid create(NoisePath path, int levels) {
            return new UniformGrid(levels);
        }
    },
    /** Another name of the same indices. */
    TRAILING {
        @Override
        public TimeGrid create(NoisePath path, int levels) {
            return new UniformGrid(levels);
        }
    },
    LEADING {
        @Override
        public TimeGrid create(NoisePath path, int levels) {
            return new LeadingGrid(levels);
        }
    },
    QUADRATIC {
        @Override
        public TimeGrid create(NoisePath path, int levels) {
            return new QuadraticGrid(levels);
        }
    },
    KARRAS {
        @Override
        public TimeGrid create(NoisePath path, int levels) {
            return new KarrasGrid(path, levels);
        }
    };

    /** @param levels T */
    public abstract TimeGrid create(NoisePath path, int levels);

    /** {@code karras}. */
    public String word() {
        return Choices.word(this);
    }

    public static GridChoice named(String word) {
        return Choices.named(GridChoice.class, word, "grid");
    }
}
