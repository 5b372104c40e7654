package io.inkstone.models.draw;

import io.inkstone.array.NdArray;
import io.inkstone.image.Size;
import io.inkstone.tensor.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Pictures that are changed, some at once.
 *
 * @param batch most of them
 * @param watch told of every step
 */
record EditBatches(Inference inference, int batch, EditWatch watch) {
    /** What becomes of the pictures of one batch. */
    @FunctionalInterface
    interface Change {
        Tensor of(Tensor given, GenerationRequest part);
    }

    /**
     * All pictures changed.
     *
     * @param pictures [N, C, H, W], one a seed of the request
     * @param size of them
     * @param steps of each picture, for whoever watches; 0 for a change that nobody watches
     */
    NdArray of(NdArray pictures, Size size, GenerationRequest request, int steps, Change change) {
        int channels = inference.model().pictures().channels();
        int count = request.seeds().size();
        Shapes.require("Pictures to edit", pictures.shape(), count, channels, size.height(), size.width());
        List<NdArray> parts = new ArrayList<>();
        for (int from = 0; from < count; from += batch) {
            int to = Math.min(count, from + batch);
            GenerationRequest part = watched(request, from, to, steps).stoppable();
            NdArray given = pictures.rows(from, to - from);
            parts.add(inference.of(() -> change.of(inference.placed(given), part)));
        }
        return NdArray.joined(parts);
    }

    private GenerationRequest watched(GenerationRequest request, int from, int to, int steps) {
        GenerationRequest part = request.part(from, to);
        if (steps == 0 || watch == EditWatch.NONE) {
            return part;
        }
        long all = (long) request.seeds().size() * steps;
        return part.withListener((step, level, noisy) -> {
            part.listener().stepped(step, level, noisy);
            long done = (long) from * steps + (long) (to - from) * step;
            watch.stepped(new EditWatch.Moment(step, done, all, from, noisy));
        });
    }
}
