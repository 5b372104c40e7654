package io.inkstone.models.code;

import io.inkstone.array.NdArray;
import io.inkstone.condition.ClassEncoder;
import io.inkstone.layers.Layer;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What models that make a picture in one pass are fed: a latent and a context per picture.
 *
 * @param network whose device the tensors go to
 * @param prior of the latents
 * @param latent values of a latent
 * @param conditions how classes are told
 */
public record LatentInputs(Layer network, LatentPrior prior, int latent, ClassEncoder conditions) {
    /** [N, latent], given or drawn from the picture seeds. */
    public Tensor latents(GenerationRequest request) {
        return placed(request.start().map(this::checked).orElseGet(() -> prior.draw(request.seeds(), latent)));
    }

    /** [N, latent], drawn from picture seeds. */
    public Tensor latents(List<Long> seeds) {
        return placed(prior.draw(seeds, latent));
    }

    private Tensor checked(NdArray start) {
        Shapes.require("Latents to start from", start.shape(), Shapes.ANY, latent);
        return Tensors.of(start);
    }

    /** [N, latent], fresh ones for a batch of training. */
    public Tensor latents(Batch batch, Draws draws) {
        return prior.draw(draws, batch.size(), latent);
    }

    /** What the network is told of the pictures of a request [N, c]; refuses what it does not understand. */
    public Tensor contexts(GenerationRequest request) {
        request.conditions().forEach(conditions::require);
        return conditions.vectors(request.conditions(), request.seeds().size());
    }

    /** The same of a batch of training [N, c]; [N, 0] for models that know no classes, whatever the data knows. */
    public Tensor contexts(Batch batch) {
        return conditions.vectors(batch.conditions(), batch.size());
    }

    private Tensor placed(Tensor tensor) {
        return network.device().place(tensor.to(ScalarType.Float));
    }
}
