package io.inkstone.models.latent;

import io.inkstone.InputException;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.FirstStage;
import io.inkstone.models.Generates;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.PictureForm;
import io.inkstone.models.SamplingOptions;
import io.inkstone.models.TwoStage;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Objective;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A diffusion model of codes, and the first stage whose codes they are. */
public final class LatentDiffusionModel implements TwoStage {
    /** Values of pictures that are decoded at once, about 64 of 64×64. */
    private final Generates codes;

    private final FirstStage settings;
    private Autoencodes stage;

    LatentDiffusionModel(Generates codes, FirstStage settings) {
        this.codes = codes;
        this.settings = settings;
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
    public boolean knowsEmptyContext() {
        return codes.knowsEmptyContext();
    }

    /** Over batches whose pictures are scaled codes. */
    @Override
    public Objective objective() {
        return codes.objective();
    }

    @Override
    public long[] inputShape(int count) {
        return codes.inputShape(count);
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
    public boolean isSampled() {
        return codes.isSampled();
    }

    @Override
    public void requireSampling(SamplingOptions options) {
        codes.requireSampling(options);
    }

    @Override
    public boolean keepsFrame(SamplingOptions options, int step) {
        return codes.keepsFrame(options, step);
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        if (request.sampling().clamp() || request.sampling().threshold().isPresent()) {
            throw new InputException(
                    "--clamp and --threshold hold pictures in their range; codes have none: leave them out for latent"
                            + " diffusion.");
        }
        return Scope.yielding(() -> decode(codes.generate(request)));
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
                parts.add(Scope.yielding(() -> stage().decode(part, Tensors.zeros(part.size(0), 0))));
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
