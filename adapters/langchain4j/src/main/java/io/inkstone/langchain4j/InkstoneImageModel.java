package io.inkstone.langchain4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import io.inkstone.studio.PromptedRun;
import io.inkstone.studio.Studio;
import io.inkstone.wish.SamplingWish;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final PromptedRun run;

    private InkstoneImageModel(PromptedRun run) {
        this.run = run;
    }

    /** A run by itself, loaded now, with a studio of its own. */
    public static InkstoneImageModel open(Path run) {
        return new InkstoneImageModel(PromptedRun.open(run));
    }

    /** A run of a studio that serves others too, and is closed by whoever opened it. */
    public static InkstoneImageModel of(Studio studio, Path run) {
        return new InkstoneImageModel(PromptedRun.of(studio, run));
    }

    /** The same run, drawn from in another way: steps, sampler, guidance. Close one of the two. */
    public InkstoneImageModel withSampling(SamplingWish other) {
        return new InkstoneImageModel(run.withSampling(other));
    }

    /** The same run, always from this seed on. Close one of the two. */
    public InkstoneImageModel withSeed(long first) {
        return new InkstoneImageModel(run.withSeed(first));
    }

    @Override
    public Response<Image> generate(String prompt) {
        Response<List<Image>> all = generate(prompt, 1);
        return Response.from(all.content().get(0), null, null, all.metadata());
    }

    @Override
    public Response<List<Image>> generate(String prompt, int n) {
        PromptedRun.Pictures pictures = run.draw(prompt, n, Optional.empty());
        List<Image> images = IntStream.range(0, n)
                .mapToObj(i -> image(pictures.drawn().png(i)))
                .toList();
        List<Long> seeds =
                IntStream.range(0, n).mapToObj(i -> pictures.firstSeed() + i).toList();
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
        run.close();
    }
}
