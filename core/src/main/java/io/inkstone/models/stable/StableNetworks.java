package io.inkstone.models.stable;

import io.inkstone.image.Size;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.Prompted;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Tensors;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.weights.lora.LoraFile;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * The U-Net of a Stable Diffusion model, and what of it is trained.
 *
 * @param unet what answers
 * @param changes low-rank changes that are trained while the U-Net stays as it is; empty where all of it is trained
 * @param settings of the recipe
 */
record StableNetworks(ConditionalUnet unet, Optional<UnetChanges> changes, StableSettings settings) {
    /** Of a recipe; a U-Net that is not trained is filled later, from a part of the run. */
    static StableNetworks of(Initializer init, StableSettings settings) {
        StableSettings.Lora lora = settings.model().lora();
        if (!lora.on()) {
            return all(new ConditionalUnet(init, settings.model().shape()), settings);
        }
        ConditionalUnet unet =
                new ConditionalUnet(init.forLater(), settings.model().shape());
        unet.trainable(false);
        unet.training(false);
        return new StableNetworks(unet, Optional.of(new UnetChanges(init, unet, lora.size())), settings);
    }

    /** All of it is trained. */
    static StableNetworks all(ConditionalUnet unet, StableSettings settings) {
        return new StableNetworks(unet, Optional.empty(), settings);
    }

    /** Of latents of pictures of a size. */
    long[] inputShape(int count, Size pictures, int channels) {
        Size latents = pictures.dividedBy(settings.model().reduction());
        return new long[] {count, channels, latents.height(), latents.width()};
    }

    /** Runs the U-Net once on zeros. */
    void pass(long... inputShape) {
        ComputeDevice device = unet.device();
        int told = unet.shape().levels().get(0).told();
        Tensor states = device.place(Tensors.zeros(inputShape[0], ClipTokenizer.LENGTH, told));
        OptionalDouble guidance =
                unet.shape().time().guidance().isPresent() ? OptionalDouble.of(1) : OptionalDouble.empty();
        unet.apply(
                device.place(Tensors.zeros(inputShape)),
                device.place(Tensors.zeros(1)),
                new Prompted(states, guidance));
    }

    /** Blocks that a training pass computes twice. */
    Set<Layer> recomputed() {
        return settings.model().checkpointing() ? unet.blocks() : Set.of();
    }

    /** Memory of a U-Net that is not trained; half of it where its file has half floats. */
    long besideBytes() {
        return changes.isPresent() ? 4 * unet.parameterCount() : 0;
    }

    /** What a run's weights are. */
    Layer trained() {
        return changes.<Layer>map(each -> each).orElse(unet);
    }

    /** What readers of a LoRA file cannot tell from its shapes. */
    Map<String, String> metadata() {
        return changes.map(each -> LoraFile.header(
                        settings.model().lora().size().rank(),
                        settings.model().lora().size().alpha(),
                        UnetChanges.targets()))
                .orElse(Map.of());
    }

    /** No weight of it will change again. */
    void settle() {
        changes.ifPresent(Layer::settle);
        unet.settle();
    }

    void close() {
        changes.ifPresent(Layer::close);
        unet.close();
    }
}
