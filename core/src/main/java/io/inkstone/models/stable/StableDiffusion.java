package io.inkstone.models.stable;

import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.image.Size;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Layer;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.text.ClipTokenizer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A Stable Diffusion model on its own, to draw from without a run: numbers in, numbers out.
 *
 * @param model the U-Net with its parts
 * @param precision of all passes
 */
public record StableDiffusion(StableModel model, Precision precision) implements AutoCloseable {
    /**
     * What was drawn.
     *
     * @param latents after the last step [N, c, h, w]
     * @param pictures decoded, unclamped [N, 3, H, W] around [−1, 1]
     */
    public record Drawn(NdArray latents, NdArray pictures) {}

    public ClipTokenizer tokenizer() {
        return model.parts().tokenizer();
    }

    public ClipTextEncoder text() {
        return model.parts().text();
    }

    public ConditionalUnet unet() {
        return model.unet();
    }

    public LatentCoder coder() {
        return model.parts().coder();
    }

    public SchedulerConfig scheduler() {
        return model.parts().scheduler();
    }

    /** Height and width of the pictures it was trained on, in pixels. */
    public int side() {
        return model.pictures().size().side();
    }

    /** Latents and pictures, in one batch; passes of the text encoder, the U-Net and the decoder follow each other. */
    public Drawn draw(Drawing drawing) {
        NdArray latents = latents(drawing);
        try (Scope scope = Scope.open()) {
            Tensor placed = device().place(Tensors.of(latents));
            return new Drawn(latents, Tensors.toArray(computed(() -> model.shown(placed))));
        }
    }

    /** The latents after the last step, [N, c, height/8, width/8]. */
    public NdArray latents(Drawing drawing) {
        try (Scope scope = Scope.open()) {
            StableModel seeing = drawing.beside()
                    .map(maps -> model.seeing(device().place(Tensors.of(maps))))
                    .orElse(model);
            GenerationRequest request = request(drawing);
            seeing.requirePossible(request);
            return Tensors.toArray(computed(() -> seeing.latents(request)));
        }
    }

    private static GenerationRequest request(Drawing drawing) {
        Drawing.Way way = drawing.way();
        boolean avoids = way.guidance().weight() != 1;
        return new GenerationRequest(
                drawing.seeds(),
                conditions(drawing.prompts(), way),
                avoids ? conditions(drawing.avoided(), way) : List.of(),
                drawing.start(),
                Optional.of(new Size(drawing.height(), drawing.width())),
                SamplingOptions.of(Optional.empty(), Optional.empty(), OptionalInt.of(way.steps()))
                        .withGuidance(way.guidance()),
                way.listener());
    }

    private static List<Condition> conditions(List<String> texts, Drawing.Way way) {
        Condition.Reading reading = new Condition.Reading(false, way.skipped());
        return texts.stream()
                .<Condition>map(text -> new Condition.Text(text, reading))
                .toList();
    }

    /**
     * What texts mean, [N, 77·k, C].
     *
     * @param skipped last layers of the text encoder to leave out
     */
    public Tensor states(List<String> texts, int skipped) {
        Drawing.Way way = new Drawing.Way(1, Drawing.Way.USUAL.guidance(), skipped, Drawing.Way.USUAL.listener());
        return Scope.yielding(() -> computed(() -> model.conditions()
                        .told(conditions(texts, way), texts.size())
                        .text()
                        .values())
                .to(ScalarType.Float));
    }

    private ComputeDevice device() {
        return unet().device();
    }

    private Tensor computed(Supplier<Tensor> work) {
        return Layer.evaluating(() -> precision.compute(device(), () -> Frozen.during(work)));
    }

    @Override
    public void close() {
        model.close();
    }
}
