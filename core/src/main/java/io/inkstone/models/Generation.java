package io.inkstone.models;

import io.inkstone.array.NdArray;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.layers.Frozen;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Draws any number of pictures from a model in batches of bounded size, in evaluation mode and without gradients. Safe on
 * several threads at once for one model, as long as nobody trains it.
 *
 * @param model what draws
 * @param device where it lives
 * @param precision of its passes
 * @param batch largest number of pictures at once; the same number gives the same bytes
 */
public record Generation(Generates model, ComputeDevice device, Precision precision, int batch) {
    /** Pictures at once where nobody asks for another number. */
    public static final int DEFAULT_BATCH = 64;

    /**
     * What came out, float32 in the model's range, unclamped.
     *
     * @param pictures [N, C, H, W]
     * @param frames [frames, N, C, H, W], or no frames if none were asked for
     */
    public record Result(NdArray pictures, List<NdArray> frames) {}

    public NdArray pictures(GenerationRequest request) {
        return run(request, false).pictures();
    }

    /** @param film keep the intermediate pictures that the sampler's film shows */
    public Result run(GenerationRequest request, boolean film) {
        List<NdArray> pictures = new ArrayList<>();
        List<List<NdArray>> frames = new ArrayList<>();
        int count = request.seeds().size();
        for (int from = 0; from < count; from += batch) {
            List<NdArray> kept = new ArrayList<>();
            GenerationRequest part = request.part(from, Math.min(count, from + batch));
            pictures.add(one(film ? part.withListener(recording(part, kept)) : part));
            frames.add(kept);
        }
        List<NdArray> joined = new ArrayList<>();
        for (int frame = 0; frame < frames.get(0).size(); frame++) {
            int index = frame;
            joined.add(
                    NdArray.joined(frames.stream().map(kept -> kept.get(index)).toList()));
        }
        return new Result(NdArray.joined(pictures), joined);
    }

    private NdArray one(GenerationRequest part) {
        try (Scope scope = Scope.open()) {
            Tensor result = model.network()
                    .evaluating(() -> precision.compute(device, () -> Frozen.during(() -> model.generate(part))));
            return Tensors.toArray(result);
        }
    }

    private SamplingListener recording(GenerationRequest request, List<NdArray> kept) {
        return (step, from, noisy) -> {
            request.listener().stepped(step, from, noisy);
            if (model.keepsFrame(request.sampling(), step)) {
                kept.add(Tensors.toArray(noisy));
            }
        };
    }
}
