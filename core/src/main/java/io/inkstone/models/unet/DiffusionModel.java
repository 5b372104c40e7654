package io.inkstone.models.unet;

import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LinearBetaPath;
import io.inkstone.diffusion.NoiseTarget;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.SamplerChoice;
import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.UniformGrid;
import io.inkstone.image.PixelRange;
import io.inkstone.layers.Layer;
import io.inkstone.models.Contexts;
import io.inkstone.models.DataForm;
import io.inkstone.models.Generates;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.PictureForm;
import io.inkstone.models.SamplingOptions;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Objective;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** A context U-Net with its noise path: learns to tell noise from pictures, and samples by removing it. */
public final class DiffusionModel implements Generates {
    private static final double LOWEST = -1;
    private static final double HIGHEST = 1;

    private final ContextUnet network;
    private final DiffusionSettings settings;
    private final List<String> classes;
    private final LinearBetaPath path;
    private final Target target = new NoiseTarget();

    DiffusionModel(ContextUnet network, DiffusionSettings settings, DataForm data) {
        this.network = network;
        this.settings = settings;
        classes = settings.model().conditional() ? data.classes() : List.of();
        path = settings.diffusion().path();
    }

    @Override
    public Layer network() {
        return network;
    }

    @Override
    public PictureForm pictures() {
        return new PictureForm(network.shape().channels(), network.shape().side(), PixelRange.SYMMETRIC);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public Objective objective() {
        return new DiffusionObjective(network, path, target, settings).asObjective();
    }

    @Override
    public long[] inputShape(int count) {
        ContextUnet.Shape shape = network.shape();
        return new long[] {count, shape.channels(), shape.side(), shape.side()};
    }

    @Override
    public void pass(long... inputShape) {
        TensorOptions where = network.state().values().iterator().next().options();
        network.apply(
                torch.zeros(inputShape, where),
                torch.zeros(new long[] {1, 1, 1, 1}, where),
                torch.zeros(new long[] {inputShape[0], network.shape().classes()}, where));
    }

    @Override
    public int steps(SamplingOptions options) {
        return options.steps().orElse(choice(options).defaultSteps(path.steps()));
    }

    @Override
    public boolean keepsFrame(SamplingOptions options, int step) {
        int[] indices = new UniformGrid(path.steps()).indices(steps(options));
        return choice(options).keepsFrame(indices[step - 1], path.steps());
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        SamplingOptions options = request.sampling();
        int count = request.seeds().size();
        int steps = steps(options);
        List<Level> grid = new UniformGrid(path.steps()).levels(path, steps);
        long[] shape = inputShape(count);
        try (Scope scope = Scope.open();
                PictureNoise noise = noise(request.seeds())) {
            // Drawn even where a start is given: the noise that follows must not be the start's own.
            Tensor drawn = noise.next(shape);
            Tensor start = request.start().map(given -> checked(given, shape)).orElse(drawn);
            return scope.keep(choice(options)
                    .create(steps, path.steps(), options.eta())
                    .sample(denoiser(request), start, grid, noise, request.listener()));
        }
    }

    @Override
    public Tensor start(List<Long> seeds) {
        try (PictureNoise noise = noise(seeds)) {
            return noise.next(inputShape(seeds.size()));
        }
    }

    private static PictureNoise noise(List<Long> seeds) {
        return new PictureNoise(seeds.stream().mapToLong(Long::longValue).toArray());
    }

    private static SamplerChoice choice(SamplingOptions options) {
        return options.sampler().map(SamplerChoice::named).orElse(SamplerChoice.DDIM);
    }

    private static Tensor checked(NdArray start, long[] shape) {
        Shapes.require("Noise to start from", start.shape(), shape);
        return Tensors.of(start);
    }

    private Denoiser denoiser(GenerationRequest request) {
        int count = request.seeds().size();
        Tensor none = Tensors.zeros(count, network.shape().classes());
        Denoiser unconditional = dressed(none);
        Denoiser denoiser = request.contexts().isEmpty()
                ? unconditional
                : Guidance.classifierFree(
                        dressed(Contexts.tensor(
                                request.contexts(), count, network.shape().classes())),
                        unconditional,
                        request.sampling().guidance());
        return request.sampling().clamp() ? denoiser.clamped(LOWEST, HIGHEST) : denoiser;
    }

    private Denoiser dressed(Tensor context) {
        return target.dress(
                (noisy, level) -> network.apply(noisy, Tensors.of(new float[] {(float) level.time()}, 1), context)
                        .to(noisy.scalar_type()));
    }
}
