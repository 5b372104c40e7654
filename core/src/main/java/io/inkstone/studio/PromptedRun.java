package io.inkstone.studio;

import io.inkstone.image.Size;
import io.inkstone.models.Generates;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.DrawWishBuilder;
import io.inkstone.wish.PromptWords;
import io.inkstone.wish.SamplingWish;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A trained run behind one line of text, as frameworks ask for pictures: a class, a mix such as {@code hat=0.7,glasses=0.3},
 * {@code none}, or words for runs that read them ({@link PromptWords}). Safe from any thread: all requests stand in the studio's one
 * queue.
 */
public final class PromptedRun implements AutoCloseable {
    /** Seeds of several pictures count up from the first. */
    private static final long MOST_BY_CHANCE = 1L << 32;

    private final Lease run;
    private final Runnable closing;
    private final SamplingWish sampling;
    private final OptionalLong seed;

    private PromptedRun(Lease run, Runnable closing, SamplingWish sampling, OptionalLong seed) {
        this.run = run;
        this.closing = closing;
        this.sampling = sampling;
        this.seed = seed;
    }

    /** A run by itself, loaded now, with a studio of its own. */
    public static PromptedRun open(Path run) {
        Studio studio = Studio.open(run);
        return new PromptedRun(studio.run(), studio::close, SamplingWish.NOTHING, OptionalLong.empty());
    }

    /** A run of a studio that serves others too, and is closed by whoever opened it. */
    public static PromptedRun of(Studio studio, Path run) {
        Lease lease = studio.lease(run);
        return new PromptedRun(lease, lease::close, SamplingWish.NOTHING, OptionalLong.empty());
    }

    /** The same run, drawn from in another way: steps, sampler, guidance. Close one of the two. */
    public PromptedRun withSampling(SamplingWish other) {
        return new PromptedRun(run, closing, other, seed);
    }

    /** The same run, always from this seed on. Close one of the two. */
    public PromptedRun withSeed(long first) {
        return new PromptedRun(run, closing, sampling, OptionalLong.of(first));
    }

    /**
     * What was drawn.
     *
     * @param drawn pictures, each with its recipe in its PNG
     * @param firstSeed of the first picture; those of the others count up
     */
    public record Pictures(Drawn drawn, long firstSeed) {}

    /**
     * Draws and waits. The first seed is by chance unless one was said.
     *
     * @param prompt in the run's own words; null for none
     * @param size of the pictures; empty for the run's own
     * @throws io.inkstone.InputException for words that the run does not know, listing what it knows, and sizes that it does not draw
     */
    public Pictures draw(String prompt, int count, Optional<Size> size) {
        Generates model = run.run().generates();
        long first = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(MOST_BY_CHANCE));
        DrawWishBuilder wish = DrawWish.builder()
                .count(count)
                .seed(first)
                .asked(new PromptWords(model).asked(Optional.ofNullable(prompt), Optional.empty()))
                .sampling(sampling);
        size.filter(asked -> !asked.equals(model.pictures().size())).ifPresent(wish::size);
        return new Pictures(run.draw(wish.build()).join(), first);
    }

    /** Gives the run back. */
    @Override
    public void close() {
        closing.run();
    }
}
