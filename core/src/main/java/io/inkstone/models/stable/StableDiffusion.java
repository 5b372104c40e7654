package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.scheduler.Scheduler;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Layer;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.Prompted;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import io.inkstone.text.ClipTokenizer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * A Stable Diffusion model, whole: words become states, noise becomes latents step by step, latents become pictures.
 *
 * @param tokenizer from words to ids
 * @param text from ids to states
 * @param unet what removes noise
 * @param coder from latents to pictures
 * @param scheduler what its folder says of levels, target and sampler
 * @param precision of all passes
 */
public record StableDiffusion(
        ClipTokenizer tokenizer,
        ClipTextEncoder text,
        ConditionalUnet unet,
        LatentCoder coder,
        SchedulerConfig scheduler,
        Precision precision)
        implements AutoCloseable {
    /**
     * What was drawn.
     *
     * @param latents after the last step [N, c, h, w]
     * @param pictures decoded, unclamped [N, 3, H, W] around [−1, 1]
     */
    public record Drawn(NdArray latents, NdArray pictures) {}

    public StableDiffusion {
        int told = unet.shape().levels().get(0).told();
        if (text.shape().width() != told) {
            throw new InputException(Words.of(
                    "The U-Net is told texts by %d numbers a state and the text encoder gives %d: their folders are of two models.",
                    told, text.shape().width()));
        }
        if (unet.shape().out() != coder.channels()) {
            throw new InputException(Words.of(
                    "The U-Net answers %d channels and the autoencoder's codes have %d: their folders are of two models.",
                    unet.shape().out(), coder.channels()));
        }
    }

    /** Height and width of the pictures it was trained on, in pixels. */
    public int side() {
        return unet.shape().side() * coder.reduction();
    }

    /** Latents and pictures, in one batch; passes of the text encoder, the U-Net and the decoder follow each other. */
    public Drawn draw(Drawing drawing) {
        NdArray latents = latents(drawing);
        try (Scope scope = Scope.open()) {
            Tensor placed = device().place(Tensors.of(latents));
            return new Drawn(latents, Tensors.toArray(computed(() -> coder.decode(placed))));
        }
    }

    /** The latents after the last step, [N, c, height/8, width/8]. */
    public NdArray latents(Drawing drawing) {
        requirePossible(drawing);
        try (Scope scope = Scope.open()) {
            boolean both = leads(drawing);
            Tensor wanted = states(drawing.prompts(), drawing.way().skipped());
            Tensor states = both
                    ? Tensors.concatenate(
                            0, states(drawing.avoided(), drawing.way().skipped()), wanted)
                    : wanted;
            return Tensors.toArray(computed(() -> sampled(drawing, both, states)));
        }
    }

    /** Refuses what cannot be drawn, before anything is computed. */
    public void requirePossible(Drawing drawing) {
        coder.requireSides(drawing.height(), drawing.width());
        int more = unet.shape().in() - unet.shape().out();
        if (more > 0 && drawing.beside().isEmpty()) {
            throw new InputException(
                    "This model fills in parts of pictures: it wants a picture and a mask beside the prompt (inpaint).");
        }
        if (more == 0 && drawing.beside().isPresent()) {
            throw new InputException(Words.of(
                    "This model takes no mask: its U-Net has %d input channels, one that fills in has 9.",
                    unet.shape().in()));
        }
        scheduler.scheduler().levels(drawing.way().steps());
    }

    /**
     * What texts mean, [N, 77, C].
     *
     * @param skipped last layers of the text encoder to leave out
     */
    public Tensor states(List<String> texts, int skipped) {
        return Scope.yielding(() -> {
            Tensor ids = device().place(Tensors.of(tokenizer.ids(texts)));
            return computed(() -> text.states(ids, skipped)).to(org.bytedeco.pytorch.global.torch.ScalarType.Float);
        });
    }

    /** Whether guidance needs the answers to both texts; networks that are told its weight guide themselves. */
    private boolean leads(Drawing drawing) {
        return drawing.way().guidance().weight() != 1
                && unet.shape().time().guidance().isEmpty();
    }

    private Tensor sampled(Drawing drawing, boolean both, Tensor states) {
        Scheduler way = scheduler.scheduler();
        List<Level> levels = way.levels(drawing.way().steps());
        long[] shape = {
            drawing.seeds().size(),
            coder.channels(),
            drawing.height() / coder.reduction(),
            drawing.width() / coder.reduction()
        };
        OptionalDouble told = unet.shape().time().guidance().isPresent()
                ? OptionalDouble.of(drawing.way().guidance().weight())
                : OptionalDouble.empty();
        GuidedUnet network = new GuidedUnet(
                unet,
                new Prompted(states, told),
                drawing.beside().map(maps -> device().place(Tensors.of(maps))),
                drawing.way().guidance());
        try (PictureNoise noise = new PictureNoise(device(), drawing.seeds())) {
            // Drawn even where a start is given: the noise that follows must not be the start's own.
            Tensor drawn = noise.next(shape);
            Tensor start = drawing.start().map(given -> placed(given, shape)).orElse(drawn);
            Tensor scaled = Tensors.scale(start, way.startScale(levels));
            return way.sampler()
                    .sample(
                            network.denoiser(way, both),
                            scaled,
                            levels,
                            noise,
                            drawing.way().listener());
        }
    }

    private Tensor placed(NdArray start, long[] shape) {
        Shapes.require("Noise to start from", start.shape(), shape);
        return device().place(Tensors.of(start.toFloats(), shape));
    }

    private ComputeDevice device() {
        return unet.device();
    }

    private Tensor computed(Supplier<Tensor> work) {
        return Layer.evaluating(() -> precision.compute(device(), () -> Frozen.during(work)));
    }

    @Override
    public void close() {
        text.close();
        unet.close();
        coder.close();
    }
}
