package io.inkstone.models.latent;

import io.inkstone.InputException;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Sampler;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Diffuses;
import io.inkstone.models.PictureForm;
import io.inkstone.models.TwoStage;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.stage.FirstStage;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Objective;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A diffusion model of codes, and the first stage whose codes they are. */
public final class LatentDiffusionModel implements TwoStage, Diffuses {
    private final Diffuses codes;

    private final FirstStage settings;
    private final int reduction;
    private Autoencodes stage;

    /** @param reduction how many times larger pictures are than their codes */
    LatentDiffusionModel(Diffuses codes, FirstStage settings, int reduction) {
        this.codes = codes;
        this.settings = settings;
        this.reduction = reduction;
    }

    /** Codes guided by another model's of the same codes; first stages are not compared. */
    @Override
    public LatentDiffusionModel guidedBy(Diffuses weaker) {
        LatentDiffusionModel guided = new LatentDiffusionModel(
                codes.guidedBy(weaker instanceof LatentDiffusionModel other ? other.codes : weaker),
                settings,
                reduction);
        guided.stage = stage;
        return guided;
    }

    @Override
    public FirstStage firstStage() {
        return settings;
    }

    @Override
    public void attach(Autoencodes given) {
        long[] expected = settings.code().stream().mapToLong(Integer::longValue).toArray();
        Shapes.require("Codes of the first stage", given.latentShape(), expected);
        stage = given;
    }

    @Override
    public Autoencodes stage() {
        if (stage == null) {
            throw new IllegalStateException("The first stage was not attached.");
        }
        return stage;
    }

    @Override
    public Layer network() {
        return codes.network();
    }

    @Override
    public PictureForm pictures() {
        return stage().pictures();
    }

    @Override
    public List<String> classes() {
        return codes.classes();
    }

    @Override
    public ConditionEncoder conditions() {
        return codes.conditions();
    }

    @Override
    public boolean knowsEmptyContext() {
        return codes.knowsEmptyContext();
    }

    /** Over batches whose pictures are scaled codes. */
    @Override
    public Sizes sizes() {
        return codes.sizes().times(reduction);
    }

    @Override
    public Objective objective() {
        return codes.objective();
    }

    @Override
    public long[] inputShape(int count) {
        return codes.inputShape(count);
    }

    @Override
    public long[] inputShape(int count, Size size) {
        return codes.inputShape(count, size.dividedBy(reduction));
    }

    @Override
    public void pass(long... inputShape) {
        codes.pass(inputShape);
    }

    @Override
    public int steps(SamplingOptions options) {
        return codes.steps(options);
    }

    @Override
    public SamplingOptions resolved(SamplingOptions options) {
        return codes.resolved(options);
    }

    @Override
    public void requirePossible(GenerationRequest request) {
        codes.requirePossible(request);
    }

    @Override
    public boolean keepsFrame(SamplingOptions options, int step) {
        return codes.keepsFrame(options, step);
    }

    @Override
    public DiffusionProcess process() {
        return codes.process();
    }

    @Override
    public List<Level> grid(SamplingOptions options) {
        return codes.grid(options);
    }

    @Override
    public Sampler sampler(SamplingOptions options) {
        return codes.sampler(options);
    }

    /** Of codes. */
    @Override
    public Denoiser denoiser(GenerationRequest request) {
        return codes.denoiser(ofCodes(request));
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        return Scope.yielding(() -> decode(codes.generate(ofCodes(request))));
    }

    /** The same, of codes. */
    private GenerationRequest ofCodes(GenerationRequest request) {
        GenerationRequest plain = unbounded(request);
        return plain.size()
                .map(size -> plain.withSize(sizes().require("This model", size).dividedBy(reduction)))
                .orElse(plain);
    }

    private static GenerationRequest unbounded(GenerationRequest request) {
        if (request.sampling().clamp() || request.sampling().threshold().isPresent()) {
            throw new InputException(
                            "clamp and threshold hold pictures in their range; codes have none: leave them out for latent"
                                    + " diffusion.")
                    .about("clamp", "threshold");
        }
        return request;
    }

    /** The scaled means of their codes. */
    @Override
    public Tensor noiseless(Tensor pictures) {
        return Scope.yielding(() -> {
            Tensor mean = Autoencodes.mean(stage().encode(pictures, nothing(pictures.size(0))));
            return Tensors.scale(mean.to(pictures.scalar_type()), settings.scale());
        });
    }

    private Told nothing(long count) {
        return Told.nothing((int) count, network().device());
    }

    @Override
    public Tensor shown(Tensor noisy) {
        return decode(noisy);
    }

    @Override
    public Tensor start(List<Long> seeds) {
        return codes.start(seeds);
    }

    @Override
    public Tensor decode(Tensor scaled) {
        long atOnce = pictures().atOnce();
        return Scope.yielding(() -> {
            Tensor unscaled = Tensors.scale(scaled, 1 / settings.scale());
            List<Tensor> parts = new ArrayList<>();
            for (long from = 0; from < unscaled.size(0); from += atOnce) {
                Tensor part = unscaled.narrow(0, from, Math.min(atOnce, unscaled.size(0) - from));
                parts.add(Scope.yielding(() -> stage().decode(part, nothing(part.size(0)))));
            }
            return parts.size() == 1 ? parts.get(0) : Tensors.concatenate(0, parts.toArray(Tensor[]::new));
        });
    }

    @Override
    public void close() {
        codes.close();
        if (stage != null) {
            stage.close();
        }
    }
}
