package io.inkstone.models.diffusion;

import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.DynamicThreshold;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Layer;
import io.inkstone.models.Diffuses;
import io.inkstone.models.PictureForm;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.unet.DiffusionNetwork;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Objective;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** A network with its noise process: learns to tell noise from pictures, and samples by removing it. */
public final class DiffusionModel implements Diffuses {
    private static final double LOWEST = -1;
    private static final double HIGHEST = 1;
    /** Levels whose deviation differs from 1 by less are variance preserving. */
    private static final double ROUNDING = 1e-9;

    private static final int FRAME_EVERY = 20;
    private static final int LAST_FRAMES = 8;

    private final DiffusionNetwork network;
    private final List<String> classes;
    private final DiffusionProcess process;
    private final double contextDropout;
    private final Optional<DiffusionModel> weaker;

    /**
     * @param network what is trained
     * @param settings of the noise
     * @param classes names of the context's entries; empty for a model that knows none
     */
    public DiffusionModel(DiffusionNetwork network, DiffusionSettings.DiffusionGroup settings, List<String> classes) {
        this(network, settings.process(), List.copyOf(classes), settings.contextDropout(), Optional.empty());
    }

    private DiffusionModel(
            DiffusionNetwork network,
            DiffusionProcess process,
            List<String> classes,
            double contextDropout,
            Optional<DiffusionModel> weaker) {
        this.network = network;
        this.process = process;
        this.classes = classes;
        this.contextDropout = contextDropout;
        this.weaker = weaker;
    }

    @Override
    public DiffusionModel guidedBy(Diffuses other) {
        Autoguidance.requireFit(this, other);
        return new DiffusionModel(network, process, classes, contextDropout, Optional.of((DiffusionModel) other));
    }

    @Override
    public Layer network() {
        return network.layer();
    }

    @Override
    public PictureForm pictures() {
        return new PictureForm(network.channels(), network.size(), PixelRange.SYMMETRIC);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    /** Networks without classes take a vector of one zero. */
    @Override
    public ConditionEncoder conditions() {
        return network.conditions(classes);
    }

    /** Context dropout shows it. */
    @Override
    public boolean knowsEmptyContext() {
        return classes.isEmpty() && !conditions().readsWords() || contextDropout > 0;
    }

    @Override
    public DiffusionProcess process() {
        return process;
    }

    @Override
    public Objective objective() {
        return new DiffusionObjective(network, process, drop()).asObjective();
    }

    /** What tunes this model, once trained, to draw in one or two steps with the sampler {@code consistency}. */
    public Objective consistency(ConsistencySchedule schedule) {
        return new ConsistencyObjective(network, process, drop(), schedule).asObjective();
    }

    private ConditionDrop drop() {
        return new ConditionDrop(conditions(), contextDropout);
    }

    @Override
    public long[] inputShape(int count) {
        return inputShape(count, network.size());
    }

    @Override
    public long[] inputShape(int count, Size size) {
        return new long[] {count, network.channels(), size.height(), size.width()};
    }

    @Override
    public Sizes sizes() {
        return network.sizes();
    }

    @Override
    public void pass(long... inputShape) {
        ComputeDevice device = network().device();
        network.apply(
                device.place(Tensors.zeros(inputShape)),
                device.place(Tensors.zeros(1, 1, 1, 1)),
                conditions().told(List.of(), (int) inputShape[0]));
    }

    @Override
    public int steps(SamplingOptions options) {
        return options.steps().orElse(choice(options).defaultSteps(process.levels()));
    }

    @Override
    public SamplingOptions resolved(SamplingOptions options) {
        return options.along(choice(options).word(), gridChoice(options).word(), steps(options));
    }

    @Override
    public List<Level> grid(SamplingOptions options) {
        return gridChoice(options).create(process.path(), process.levels()).levels(process.path(), steps(options));
    }

    @Override
    public Sampler sampler(SamplingOptions options) {
        return choice(options).create(steps(options), process.levels(), options.eta());
    }

    /** Ancestral sampling through all of hundreds of levels is filmed in parts, everything else step by step. */
    @Override
    public boolean keepsFrame(SamplingOptions options, int step) {
        int steps = steps(options);
        int index = steps - step + 1;
        boolean all = steps < process.levels() || !choice(options).visitsAllLevels();
        return all || index == steps || index % FRAME_EVERY == 0 || index < LAST_FRAMES;
    }

    @Override
    public void requirePossible(GenerationRequest request) {
        grid(request.sampling());
        sampler(request.sampling());
        GuidanceCheck.require(this, weaker.isPresent(), request);
    }

    private static GridChoice gridChoice(SamplingOptions options) {
        return options.grid().map(GridChoice::named).orElse(GridChoice.UNIFORM);
    }

    private static SamplerChoice choice(SamplingOptions options) {
        return options.sampler().map(SamplerChoice::named).orElse(SamplerChoice.DDIM);
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        List<Level> grid = grid(request.sampling());
        Sampler sampler = sampler(request.sampling());
        long[] shape = inputShape(request.seeds().size(), sizeOf(request));
        try (Scope scope = Scope.open();
                PictureNoise noise = noise(request.seeds())) {
            // Drawn even where a start is given: the noise that follows must not be the start's own.
            Tensor drawn = noise.next(shape);
            Tensor start = request.start().map(given -> checked(given, shape)).orElse(drawn);
            return scope.keep(
                    sampler.sample(denoiser(request), scaled(start, grid.get(0)), grid, noise, request.listener()));
        }
    }

    private Tensor scaled(Tensor start, Level first) {
        double deviation = first.deviation();
        return Math.abs(deviation - 1) < ROUNDING ? start : Tensors.scale(start, deviation);
    }

    @Override
    public Tensor start(List<Long> seeds) {
        try (PictureNoise noise = noise(seeds)) {
            return noise.next(inputShape(seeds.size()));
        }
    }

    private PictureNoise noise(List<Long> seeds) {
        return new PictureNoise(network().device(), seeds);
    }

    private Tensor checked(NdArray start, long[] shape) {
        Shapes.require("Noise to start from", start.shape(), shape);
        return network().device().place(Tensors.of(start.toFloats(), shape));
    }

    @Override
    public Denoiser denoiser(GenerationRequest request) {
        SamplingOptions options = request.sampling();
        Denoiser denoiser = guided(request);
        if (options.threshold().isPresent()) {
            return new DynamicThreshold(options.threshold().getAsDouble()).around(denoiser);
        }
        return options.clamp() ? denoiser.clamped(LOWEST, HIGHEST) : denoiser;
    }

    private Denoiser guided(GenerationRequest request) {
        int count = request.seeds().size();
        Guidance guidance = request.sampling().guidance();
        GuidanceCheck.require(this, weaker.isPresent(), request);
        request.conditions().forEach(conditions()::require);
        request.avoided().forEach(conditions()::require);
        Denoiser wanted = dressed(request.conditions(), count);
        if (guidance.weight() == 1) {
            return wanted;
        }
        return guidance.around(
                wanted,
                weaker.map(other -> other.dressed(request.conditions(), count))
                        .orElseGet(() -> dressed(request.avoided(), count)));
    }

    private Denoiser dressed(List<Condition> asked, int count) {
        ComputeDevice device = network().device();
        Told told = conditions().told(asked, count);
        return process.target().dress((input, time) -> network.apply(
                        input, device.place(Tensors.of(new float[] {(float) time}, 1)), told)
                .to(input.scalar_type()));
    }
}
