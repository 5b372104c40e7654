package io.inkstone.models.scheduled;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.diffusion.scheduler.SchedulerKind;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Layer;
import io.inkstone.models.Diffuses;
import io.inkstone.models.PictureForm;
import io.inkstone.models.diffusion.DiffusionObjective;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.draw.SchedulerWay;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Objective;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** A U-Net that is told the time alone, with the scheduler by which it was trained and is drawn from. */
public final class ScheduledModel implements Diffuses {
    private static final int USUAL_STEPS = 50;
    private static final SchedulerWay.Pipeline PIPELINE =
            new SchedulerWay.Pipeline(UnaryOperator.identity(), ScheduledModel::usualSteps);

    private final PictureUnet network;
    private final SchedulerConfig scheduler;

    ScheduledModel(PictureUnet network, SchedulerConfig scheduler) {
        this.network = network;
        this.scheduler = scheduler;
    }

    /** DDPM goes through its whole table, as DDPMPipeline does; others as DDIMPipeline. */
    private static int usualSteps(SchedulerConfig config) {
        int levels = config.scheduler().levels();
        return config.kind() == SchedulerKind.DDPM ? levels : Math.min(USUAL_STEPS, levels);
    }

    @Override
    public Layer network() {
        return network.layer();
    }

    /** What its config says. */
    public SchedulerConfig scheduler() {
        return scheduler;
    }

    @Override
    public PictureForm pictures() {
        return new PictureForm(network.channels(), network.size(), PixelRange.SYMMETRIC);
    }

    @Override
    public Sizes sizes() {
        return network.sizes();
    }

    @Override
    public List<String> classes() {
        return List.of();
    }

    @Override
    public ConditionEncoder conditions() {
        return network.conditions(classes());
    }

    @Override
    public DiffusionProcess process() {
        return scheduler.process();
    }

    @Override
    public Objective objective() {
        return DiffusionObjective.alone(network, process());
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
    public void pass(long... inputShape) {
        ComputeDevice device = network().device();
        network.apply(
                device.place(Tensors.zeros(inputShape)), device.place(Tensors.zeros(1)), told((int) inputShape[0]));
    }

    private Told told(int count) {
        return conditions().told(List.of(), count);
    }

    private SchedulerWay way(SamplingOptions options) {
        return new SchedulerWay(scheduler, PIPELINE, options);
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
        return way(options).levels();
    }

    @Override
    public Sampler sampler(SamplingOptions options) {
        return way(options).sampler();
    }

    @Override
    public void requirePossible(GenerationRequest request) {
        way(request.sampling()).require();
        request.size().ifPresent(asked -> sizes().require("This model", asked));
        request.conditions().forEach(conditions()::require);
        request.avoided().forEach(conditions()::require);
        double weight = request.sampling().guidance().weight();
        if (weight != 1) {
            throw new InputException(Words.of(
                            "A guidance weight of %s has nothing to lead towards, since this model knows no classes: leave out guidance.",
                            weight))
                    .about("guidance");
        }
    }

    @Override
    public Denoiser denoiser(GenerationRequest request) {
        requirePossible(request);
        ComputeDevice device = network().device();
        Told told = told(request.seeds().size());
        Denoiser plain = way(request.sampling()).scheduler().denoiser((input, time) -> network.apply(
                        input, device.place(Tensors.of(new float[] {(float) time}, 1)), told)
                .to(input.scalar_type()));
        return request.sampling().holding(plain);
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        return way(request.sampling()).drawn(this, request);
    }
}
