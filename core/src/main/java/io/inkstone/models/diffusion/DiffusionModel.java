package io.inkstone.models.diffusion;

import io.inkstone.condition.Condition;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
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
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;

/** A network with its noise process: learns to tell noise from pictures, and samples by removing it. */
public final class DiffusionModel implements Diffuses {
    private static final int FRAME_EVERY = 20;
    private static final int LAST_FRAMES = 8;

    private final DiffusionNetwork network;
    private final List<String> classes;
    private final DiffusionProcess process;
    private final double contextDropout;
    private final ObjectiveGroup objective;
    private final SamplingOptions usual;
    private final Optional<DiffusionModel> weaker;

    /**
     * @param network what is trained
     * @param settings of the noise
     * @param classes names of the context's entries; empty for a model that knows none
     */
    public DiffusionModel(DiffusionNetwork network, DiffusionSettings.DiffusionGroup settings, List<String> classes) {
        this(
                network,
                new DiffusionSettings(
                        DiffusionSettings.ModelGroup.context(
                                8, DiffusionSettings.ContextKeys.PUBLISHED, !classes.isEmpty()),
                        settings),
                classes);
    }

    /** @param settings of everything but the network */
    DiffusionModel(DiffusionNetwork network, DiffusionSettings settings, List<String> classes) {
        this.network = network;
        this.classes = List.copyOf(classes);
        process = settings.diffusion().process();
        contextDropout = settings.diffusion().contextDropout();
        objective = settings.objective();
        usual = settings.draw().options();
        weaker = Optional.empty();
    }

    private DiffusionModel(DiffusionModel model, DiffusionModel guide) {
        network = model.network;
        classes = model.classes;
        process = model.process;
        contextDropout = model.contextDropout;
        objective = model.objective;
        usual = model.usual;
        weaker = Optional.of(guide);
    }

    @Override
    public DiffusionModel guidedBy(Diffuses other) {
        Autoguidance.requireFit(this, other);
        return new DiffusionModel(this, (DiffusionModel) other);
    }

    @Override
    public boolean hasGuide() {
        return weaker.isPresent();
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
        return switch (objective.name()) {
            case DENOISING -> new DiffusionObjective(network, process, drop()).asObjective();
            case CONSISTENCY ->
                consistency(objective.schedule((long) network.channels()
                        * network.size().height()
                        * network.size().width()));
        };
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

    /** By its recipe. */
    @Override
    public SamplingOptions usual() {
        return usual;
    }

    @Override
    public int steps(SamplingOptions options) {
        OptionalInt own = options.sampler().isEmpty() ? usual.steps() : OptionalInt.empty();
        return options.steps().orElse(own.orElse(choice(options).defaultSteps(process.levels())));
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

    private SamplerChoice choice(SamplingOptions options) {
        return options.sampler().or(usual::sampler).map(SamplerChoice::named).orElse(SamplerChoice.DDIM);
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        return new DiffusionDrawing(this, weaker, request).drawn();
    }

    @Override
    public Denoiser denoiser(GenerationRequest request) {
        return new DiffusionDrawing(this, weaker, request).denoiser();
    }

    /** What it makes of noise, told {@code asked}. */
    Denoiser dressed(List<Condition> asked, int count) {
        ComputeDevice device = network().device();
        Told told = conditions().told(asked, count);
        return process.target().dress((input, time) -> network.apply(
                        input, device.place(Tensors.of(new float[] {(float) time}, 1)), told)
                .to(input.scalar_type()));
    }
}
