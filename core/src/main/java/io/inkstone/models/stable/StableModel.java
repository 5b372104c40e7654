package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Sampler;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Layer;
import io.inkstone.models.Diffuses;
import io.inkstone.models.PictureForm;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.draw.SchedulerWay;
import io.inkstone.tensor.Scope;
import io.inkstone.train.Objective;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Stable Diffusion as a model of ours: words become states, noise becomes latents step by step, latents become pictures.
 * Its network is the U-Net; {@linkplain #attach the rest} is handed over after building.
 */
public final class StableModel implements Diffuses {
    private final StableNetworks networks;
    private final ConditionalUnet unet;
    private final Size size;
    private final Optional<Tensor> beside;
    private StableParts parts;

    StableModel(StableNetworks networks, Size size) {
        this(networks, size, Optional.empty(), null);
    }

    private StableModel(StableNetworks networks, Size size, Optional<Tensor> beside, StableParts parts) {
        this.networks = networks;
        this.unet = networks.unet();
        this.size = size;
        this.beside = beside;
        this.parts = parts;
    }

    /**
     * Hands over what stands beside the U-Net, on the same device.
     *
     * @throws InputException if the three networks are of different models
     */
    public void attach(StableParts given) {
        given.requireFit(unet);
        parts = given;
    }

    /** What was attached; a failure before. */
    public StableParts parts() {
        if (parts == null) {
            throw new IllegalStateException("The parts of Stable Diffusion were not attached.");
        }
        return parts;
    }

    /** What is trained and saved: the U-Net, or low-rank changes of it. */
    @Override
    public Layer network() {
        return networks.trained();
    }

    /** What answers. */
    public ConditionalUnet unet() {
        return unet;
    }

    @Override
    public void settle() {
        networks.settle();
    }

    @Override
    public Map<String, String> weightMetadata() {
        return networks.metadata();
    }

    @Override
    public Set<Layer> recomputed(int count, int bytes) {
        return networks.recomputed();
    }

    @Override
    public long besideBytes() {
        return networks.besideBytes();
    }

    /** Its part of a recipe. */
    public StableSettings settings() {
        return networks.settings();
    }

    @Override
    public PictureForm pictures() {
        return new PictureForm(3, size, PixelRange.SYMMETRIC);
    }

    @Override
    public Sizes sizes() {
        return Sizes.multiplesOf(settings().model().reduction());
    }

    @Override
    public List<String> classes() {
        return List.of();
    }

    @Override
    public ConditionEncoder conditions() {
        return encoder();
    }

    /** Mask and latents of what stays, where the network sees such. */
    Optional<Tensor> beside() {
        return beside;
    }

    StableConditions encoder() {
        return new StableConditions(this::parts);
    }

    @Override
    public Objective objective() {
        return new StableObjective(this).asObjective();
    }

    @Override
    public long[] inputShape(int count) {
        return networks.inputShape(count, size, unet.shape().in());
    }

    @Override
    public long[] inputShape(int count, Size pictures) {
        return networks.inputShape(count, pictures, unet.shape().out());
    }

    @Override
    public void pass(long... inputShape) {
        networks.pass(inputShape);
    }

    /** As it is trained: along the table, the noise keeping what the pictures lose. */
    @Override
    public DiffusionProcess process() {
        return parts().process();
    }

    SchedulerWay way(SamplingOptions options) {
        return new SchedulerWay(parts().scheduler(), StableDrawing.PIPELINE, options);
    }

    @Override
    public int steps(SamplingOptions options) {
        return way(options).steps();
    }

    @Override
    public SamplingOptions resolved(SamplingOptions options) {
        return way(options).resolved();
    }

    @Override
    public List<Level> grid(SamplingOptions options) {
        return way(options).scheduler().levels(steps(options));
    }

    @Override
    public Sampler sampler(SamplingOptions options) {
        return way(options).sampler();
    }

    @Override
    public void requirePossible(GenerationRequest request) {
        StableDrawing.requireUnheld(request);
        way(request.sampling()).require();
        request.size().ifPresent(asked -> sizes().require("This model", asked));
        request.conditions().forEach(conditions()::require);
        request.avoided().forEach(conditions()::require);
        StableDrawing.requireGuided(request);
        StableFilling.requireShown(unet, beside);
    }

    /** The same network, seeing {@code maps} beside what it denoises: mask and latents of what stays [N, 1 + c, h, w]. */
    StableModel seeing(Tensor maps) {
        StableFilling.requireSees(unet);
        return new StableModel(networks, size, Optional.of(maps), parts);
    }

    /** A network with nine input channels sees the mask and what stays; others are led by hand. */
    @Override
    public Optional<Diffuses> filling(Tensor pictures, Tensor open, Tensor places) {
        return seesMasks()
                ? Optional.of(seeing(StableFilling.maps(parts().coder(), pictures, open, places)))
                : Optional.empty();
    }

    @Override
    public boolean seesMasks() {
        return StableFilling.sees(unet);
    }

    @Override
    public Denoiser denoiser(GenerationRequest request) {
        requirePossible(request);
        return new StableDrawing(this, request).denoiser();
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        return Scope.yielding(() -> shown(latents(request)));
    }

    /** What {@link #generate} decodes: the latents after the last step, [N, c, height/8, width/8]. */
    public Tensor latents(GenerationRequest request) {
        requirePossible(request);
        return new StableDrawing(this, request).latents();
    }

    @Override
    public Tensor noiseless(Tensor pictures) {
        return parts().coder().encode(pictures);
    }

    @Override
    public Tensor shown(Tensor noisy) {
        return parts().coder().decode(noisy);
    }

    @Override
    public void close() {
        networks.close();
        if (parts != null) {
            parts.close();
        }
    }
}
