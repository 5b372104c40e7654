package io.inkstone.langchain4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import io.inkstone.models.Generates;
import io.inkstone.studio.Drawn;
import io.inkstone.studio.Lease;
import io.inkstone.studio.Studio;
import io.inkstone.wish.Asked;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.PromptWords;
import io.inkstone.wish.SamplingWish;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * A trained run as LangChain4j's image model. A prompt is in the run's own words: a class, a mix such as {@code
 * hat=0.7,glasses=0.3}, {@code none}, or words for runs that read them; what a run does not know is an {@link
 * io.inkstone.InputException} that lists what it knows. Pictures are PNG in base64, each with its recipe inside; the metadata of
 * a response hold their seeds, as {@code seeds}. Safe from any thread: all requests stand in the studio's one queue.
 *
 * <pre>{@code
 * try (InkstoneImageModel images = InkstoneImageModel.open(Path.of("runs/sprites"))) {
 *     images.generate("hat").content().base64Data();
 * }
 * }</pre>
 */
public final class InkstoneImageModel implements ImageModel, AutoCloseable {
    /** Seeds of several pictures count up from the first. */
    private static final long MOST_BY_CHANCE = 1L << 32;

    private final Lease run;
    private final Runnable closing;
    private final SamplingWish sampling;
    private final OptionalLong seed;

    private InkstoneImageModel(Lease run, Runnable closing, SamplingWish sampling, OptionalLong seed) {
        this.run = run;
        this.closing = closing;
        this.sampling = sampling;
        this.seed = seed;
    }

    /** A run by itself, loaded now, with a studio of its own. */
    public static InkstoneImageModel open(Path run) {
        Studio studio = Studio.open(run);
        return new InkstoneImageModel(studio.run(), studio::close, SamplingWish.NOTHING, OptionalLong.empty());
    }

    /** A run of a studio that serves others too, and is closed by whoever opened it. */
    public static InkstoneImageModel of(Studio studio, Path run) {
        Lease lease = studio.lease(run);
        return new InkstoneImageModel(lease, lease::close, SamplingWish.NOTHING, OptionalLong.empty());
    }

    /** The same run, drawn from in another way: steps, sampler, guidance. Close one of the two. */
    public InkstoneImageModel withSampling(SamplingWish other) {
        return new InkstoneImageModel(run, closing, other, seed);
    }

    /** The same run, always from this seed on. Close one of the two. */
    public InkstoneImageModel withSeed(long first) {
        return new InkstoneImageModel(run, closing, sampling, OptionalLong.of(first));
    }

    @Override
    public Response<Image> generate(String prompt) {
        Response<List<Image>> all = generate(prompt, 1);
        return Response.from(all.content().get(0), null, null, all.metadata());
    }

    @Override
    public Response<List<Image>> generate(String prompt, int n) {
        Generates model = run.run().generates();
        Asked asked = new PromptWords(model).asked(Optional.ofNullable(prompt), Optional.empty());
        long first = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(MOST_BY_CHANCE));
        Drawn drawn = run.draw(DrawWish.builder()
                        .count(n)
                        .seed(first)
                        .asked(asked)
                        .sampling(sampling)
                        .build())
                .join();
        List<Image> images =
                IntStream.range(0, n).mapToObj(i -> image(drawn.png(i))).toList();
        List<Long> seeds = IntStream.range(0, n).mapToObj(i -> first + i).toList();
        return Response.from(images, null, null, Map.of("seeds", seeds));
    }

    private static Image image(byte[] png) {
        return Image.builder()
                .base64Data(Base64.getEncoder().encodeToString(png))
                .mimeType("image/png")
                .build();
    }

    /** Gives the run back. */
    @Override
    public void close() {
        closing.run();
    }
}
