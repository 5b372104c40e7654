package io.inkstone.models;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.layers.Layer;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.train.Objective;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Another model's levels and samplers around another denoiser.
 *
 * @param own the sampler where nobody names one
 */
public record GivenDenoiser(Diffuses like, Denoiser denoiser, SamplerChoice own) implements Diffuses {
    public GivenDenoiser(Diffuses like, Denoiser denoiser) {
        this(like, denoiser, SamplerChoice.DDIM);
    }

    @Override
    public SamplingOptions resolved(SamplingOptions options) {
        return options.along(options.sampler().orElse(own.word()), "uniform", like.steps(options));
    }

    @Override
    public Denoiser denoiser(GenerationRequest request) {
        return denoiser;
    }

    @Override
    public DiffusionProcess process() {
        return like.process();
    }

    @Override
    public List<Level> grid(SamplingOptions options) {
        return like.grid(options);
    }

    @Override
    public Sampler sampler(SamplingOptions options) {
        return like.sampler(options);
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        return like.generate(request);
    }

    @Override
    public Tensor start(List<Long> seeds) {
        return like.start(seeds);
    }

    @Override
    public Layer network() {
        return like.network();
    }

    @Override
    public PictureForm pictures() {
        return like.pictures();
    }

    @Override
    public List<String> classes() {
        return like.classes();
    }

    @Override
    public Objective objective() {
        return like.objective();
    }

    @Override
    public long[] inputShape(int count) {
        return like.inputShape(count);
    }

    @Override
    public void pass(long... inputShape) {
        like.pass(inputShape);
    }
}
