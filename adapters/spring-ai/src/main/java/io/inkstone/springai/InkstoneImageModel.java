package io.inkstone.springai;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Size;
import io.inkstone.studio.PromptedRun;
import io.inkstone.studio.Studio;
import io.inkstone.wish.SamplingWish;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageGenerationMetadata;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;

/**
 * A trained run as Spring AI's image model. A prompt is in the run's own words: a class, a mix such as {@code
 * hat=0.7,glasses=0.3}, {@code none}, or words for runs that read them; what a run does not know is an {@link InputException} that
 * lists what it knows. Pictures are PNG in base64, each with its recipe inside, and tell their {@linkplain Seed seeds}. Of the
 * options {@code n}, {@code width} and {@code height} count; a size that the run does not draw is an error. Safe from any thread: all
 * requests stand in the studio's one queue.
 *
 * <pre>{@code
 * @Bean(destroyMethod = "close")
 * InkstoneImageModel images() {
 *     return InkstoneImageModel.open(Path.of("runs/sprites"));
 * }
 * }</pre>
 */
public final class InkstoneImageModel implements ImageModel, AutoCloseable {
    private final PromptedRun run;

    /** What draws a picture again. */
    public record Seed(long seed) implements ImageGenerationMetadata {}

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
    public ImageResponse call(ImagePrompt request) {
        Optional<ImageOptions> options = Optional.ofNullable(request.getOptions());
        int count = options.map(ImageOptions::getN).orElse(1);
        String words =
                request.getInstructions().stream().map(ImageMessage::getText).collect(Collectors.joining(" "));
        PromptedRun.Pictures made = run.draw(words, count, options.flatMap(InkstoneImageModel::size));
        List<ImageGeneration> pictures = IntStream.range(0, count)
                .mapToObj(i -> new ImageGeneration(
                        new Image(
                                null,
                                Base64.getEncoder().encodeToString(made.drawn().png(i))),
                        new Seed(made.firstSeed() + i)))
                .toList();
        return new ImageResponse(pictures);
    }

    private static Optional<Size> size(ImageOptions options) {
        Integer width = options.getWidth();
        Integer height = options.getHeight();
        if ((width == null) != (height == null)) {
            throw new InputException(Words.of("A size is a width and a height, got %s and %s.", width, height));
        }
        return width == null ? Optional.empty() : Optional.of(new Size(height, width));
    }

    /** Gives the run back. */
    @Override
    public void close() {
        run.close();
    }
}
