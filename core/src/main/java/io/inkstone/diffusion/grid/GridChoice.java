package io.inkstone.diffusion.grid;

import io.inkstone.Choices;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.TimeGrid;
import java.util.function.BiFunction;

/** The grids by the names that options and recipes use. */
public enum GridChoice {
    UNIFORM((path, levels) -> new UniformGrid(levels)),
    /** Another name of the same indices. */
    TRAILING(UNIFORM.maker),
    LEADING((path, levels) -> new LeadingGrid(levels)),
    QUADRATIC((path, levels) -> new QuadraticGrid(levels)),
    KARRAS(KarrasGrid::new);

    private final BiFunction<NoisePath, Integer, TimeGrid> maker;

    GridChoice(BiFunction<NoisePath, Integer, TimeGrid> maker) {
        this.maker = maker;
    }

    /** @param levels T */
    public TimeGrid create(NoisePath path, int levels) {
        return maker.apply(path, levels);
    }

    /** {@code karras}. */
    public String word() {
        return Choices.word(this);
    }

    public static GridChoice named(String word) {
        return Choices.named(GridChoice.class, word, "grid");
    }
}
