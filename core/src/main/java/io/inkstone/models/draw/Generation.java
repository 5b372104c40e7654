package io.inkstone.models.draw;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.DType;
import io.inkstone.array.LazyArray;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.layers.Watch;
import io.inkstone.models.Generates;
import io.inkstone.models.PictureForm;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Draws any number of pictures from a model in batches of bounded size, in evaluation mode and without gradients. Safe on
 * several threads at once for one model, as long as nobody changes its weights.
 *
 * @param model what draws
 * @param device where it lives
 * @param precision of its passes
 * @param batch largest number of pictures at once; the same number gives the same bytes
 */
public record Generation(Generates model, ComputeDevice device, Precision precision, int batch) {
    private static final SamplerChoice ONE_STEP = SamplerChoice.DDIM;

    /** A batch that is recommended would fit twice. */
    private static final int ROOM = 2;

    public Generation {
        requireBatch(batch);
    }

    /** Refuses a batch of no pictures. */
    static void requireBatch(int batch) {
        if (batch < 1) {
            throw new InputException(Words.of("A batch has 1 picture or more, got %d.", batch)).about("batch");
        }
    }

    /** In batches as large as {@link PictureForm#atOnce} says. */
    public Generation(Generates model, ComputeDevice device, Precision precision) {
        this(model, device, precision, model.pictures().atOnce());
    }

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

    /** The same pictures [N, C, H, W], drawn batch by batch while they are written: as many as the disk holds. */
    public LazyArray whileWritten(GenerationRequest request) {
        requireRoom(request, ProcessMemory.availableMegabytes());
        long[] one = model.pictures().sized(model.sizeOf(request)).shape();
        return LazyArray.inChunks(
                DType.FLOAT32,
                batch,
                (from, to) -> one(request.part(from, to)),
                request.seeds().size(),
                one[0],
                one[1],
                one[2]);
    }

    /**
     * Everything in memory.
     *
     * @param film keep the intermediate pictures that the sampler's film shows
     */
    public Result run(GenerationRequest request, boolean film) {
        requireMemory(request, film);
        requireRoom(request, ProcessMemory.availableMegabytes());
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

    /** Refuses what this Java's heap cannot hold: every value is there twice while batches are joined. */
    private void requireMemory(GenerationRequest request, boolean film) {
        int frames = 0;
        int steps = film ? model.steps(request.sampling()) : 0;
        for (int step = 1; step <= steps; step++) {
            frames += model.keepsFrame(request.sampling(), step) ? 1 : 0;
        }
        int count = request.seeds().size();
        long pictures = NdArray.byteCount(
                        DType.FLOAT32,
                        model.pictures().sized(model.sizeOf(request)).shape())
                * count;
        long need = 2 * pictures * (1 + frames);
        long most = Runtime.getRuntime().maxMemory() / 4 * 3;
        if (pictures > Integer.MAX_VALUE || need > most) {
            throw new InputException(Words.of(
                    "%,d pictures of this size%s need %,d MB at once; this Java's heap leaves %,d MB, and 2 GB are the most for one array. Ask for fewer, or for an .npy file without frames, which is written batch by batch.",
                    count, film ? Words.of(" with %d frames each", frames) : "", need >> 20, most >> 20));
        }
    }

    /**
     * Refuses a batch whose maps this machine cannot hold, as far as can be told: one picture is drawn in one step to see
     * how wide they are. Batches of the usual size are not looked at.
     *
     * @param free megabytes, where they are known
     */
    void requireRoom(GenerationRequest request, OptionalLong free) {
        int together = Math.min(batch, request.seeds().size());
        if (together <= model.pictures().atOnce() || !device.equals(ComputeDevice.CPU) || free.isEmpty()) {
            return;
        }
        GenerationRequest first =
                request.only(List.of(0)).withAvoided(List.of()).withListener(SamplingListener.NONE);
        WidestPlace widest = new WidestPlace();
        Watch.during(
                widest,
                () -> one(model.isSampled() ? first.withSampling(SamplingOptions.of(ONE_STEP.word(), 1)) : first));
        long most = (free.getAsLong() << 20) / Math.max(1, widest.bytes());
        if (together > most) {
            throw new InputException(Words.of(
                    "%,d pictures at once need about %,d MB of memory, and %,d MB are free on this machine: choose a batch of %d or less.",
                    together, together * widest.bytes() >> 20, free.getAsLong(), Math.max(1, most / ROOM)));
        }
    }

    private NdArray one(GenerationRequest part) {
        return new Inference(model, device, precision).of(() -> model.generate(part.stoppable()));
    }

    private SamplingListener recording(GenerationRequest request, List<NdArray> kept) {
        return (step, from, noisy) -> {
            request.listener().stepped(step, from, noisy);
            if (model.keepsFrame(request.sampling(), step)) {
                Scope.run(() -> kept.add(Tensors.toArray(model.shown(noisy))));
            }
        };
    }
}
