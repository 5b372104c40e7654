package io.inkstone.models.code;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.layers.Layer;
import io.inkstone.models.draw.Contexts;
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
 * @param classes c, values of a context; 0 for models that know no classes
 */
public record LatentInputs(Layer network, LatentPrior prior, int latent, int classes) {
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

    /** [N, c]; zeros where the request names none. */
    public Tensor contexts(GenerationRequest request) {
        int count = request.seeds().size();
        if (classes == 0 && request.contexts().stream().anyMatch(row -> row.length > 0)) {
            throw new InputException(
                    "This model was trained without classes: leave out --labels and --context, or train it with --set model.conditional=true.");
        }
        return placed(Contexts.tensor(request.contexts(), count, classes));
    }

    /** [N, c] of a batch of training; [N, 0] for models that know no classes, whatever the data knows. */
    public Tensor contexts(Batch batch) {
        return contexts(batch.context(), batch.size());
    }

    /** The same for contexts that come as a tensor [N, c]. */
    public Tensor contexts(Tensor given, long count) {
        if (classes == 0) {
            return placed(Tensors.zeros(count, 0));
        }
        Shapes.require("Context of a batch", given, count, classes);
        return given;
    }

    private Tensor placed(Tensor tensor) {
        return network.device().place(tensor.to(ScalarType.Float));
    }
}
