package io.inkstone.models.draw;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.sampler.DdimInversion;
import io.inkstone.diffusion.sampler.Inpainting;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.image.Size;
import io.inkstone.models.Diffuses;
import io.inkstone.models.Generates;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Changes pictures by a model that removes noise, in batches of bounded size, in evaluation mode and without gradients.
 * Where it removes noise from codes, pictures are encoded before and decoded after. Noise comes from the request's seeds, one per picture, as when pictures are drawn.
 *
 * @param model what removes noise
 * @param device where it lives
 * @param precision of its passes
 * @param batch largest number of pictures at once
 * @param watch told of every step of {@link #redrawn} and {@link #filled}
 */
public record Editing(Diffuses model, ComputeDevice device, Precision precision, int batch, EditWatch watch) {
    /** Looks at the model in each step of an inversion: the round trip is then exact to some digits. */
    private static final int LOOKS = 5;

    /** Values of a mask above this are drawn anew. */
    private static final double OPEN = 0.5;

    public Editing {
        Generation.requireBatch(batch);
    }

    /** Nobody watches. */
    public Editing(Diffuses model, ComputeDevice device, Precision precision, int batch) {
        this(model, device, precision, batch, EditWatch.NONE);
    }

    /**
     * The pictures drawn again from the middle of the way (SDEdit, Meng et al. 2022, algorithm 1): noised to the level from
     * which {@code strength} of the grid's steps lead back, then denoised with the request's contexts.
     *
     * @param pictures [N, C, H, W] in the model's range, one per seed
     * @param strength 0, or less than half a step, gives the pictures back as they are; 1 starts from noise alone, as drawing does
     */
    public NdArray redrawn(NdArray pictures, double strength, GenerationRequest request) {
        requireStrength(strength);
        List<Level> grid = model.grid(request.sampling());
        int steps = redrawingSteps(strength, request.sampling());
        int skipped = grid.size() - 1 - steps;
        List<Level> rest = grid.subList(skipped, grid.size());
        Sampler sampler = model.sampler(request.sampling());
        return inBatches(pictures, request, steps, (given, part) -> {
            if (skipped == 0) {
                return model.generate(part);
            }
            if (rest.size() == 1) {
                return given;
            }
            try (Scope scope = Scope.open();
                    PictureNoise noise = new PictureNoise(device, part.seeds())) {
                Tensor start = noise.on(model.noiseless(given), rest.get(0));
                return scope.keep(
                        model.shown(sampler.sample(model.denoiser(part), start, rest, noise, part.listener())));
            }
        });
    }

    /** Steps of {@link #redrawn}, of each picture. */
    public int redrawingSteps(double strength, SamplingOptions sampling) {
        requireStrength(strength);
        int steps = model.grid(sampling).size() - 1;
        return steps - (int) Math.round((1 - strength) * steps);
    }

    /** Refuses a strength outside [0, 1]; gives it back. */
    public static double requireStrength(double strength) {
        if (!(strength >= 0 && strength <= 1)) {
            throw new InputException("The strength of an edit lies in 0 (the picture itself) to 1 (nothing of it), got "
                            + strength + ".")
                    .about("strength");
        }
        return strength;
    }

    /** Refuses named samplers whose steps cannot be taken alone, as {@link #filled} takes them; gives the options back. */
    public static SamplingOptions requireSingleSteps(SamplingOptions options) {
        options.sampler()
                .map(SamplerChoice::named)
                .filter(SamplerChoice::remembers)
                .ifPresent(choice -> {
                    throw new InputException(Words.of(
                                    "Inpainting takes every step alone, and %s goes by the steps before it: choose another sampler, one of %s.",
                                    choice.word(), singleStepping()))
                            .about("sampler");
                });
        return options;
    }

    private static String singleStepping() {
        return Arrays.stream(SamplerChoice.values())
                .filter(choice -> !choice.remembers())
                .map(SamplerChoice::word)
                .collect(Collectors.joining(", "));
    }

    /**
     * The pictures with a part of them drawn anew, so that it fits the rest: {@link Inpainting}. Of codes, each place is
     * drawn anew that stands for an open pixel, and the closed ones are put back after decoding.
     *
     * @param pictures [N, C, H, W] in the model's range, one per seed
     * @param mask [1, 1, H, W] for all pictures; above ½ is drawn anew, the rest comes back exactly
     * @param rounds how often each stretch of the way is walked; 1 never goes back
     */
    public NdArray filled(NdArray pictures, NdArray mask, int rounds, GenerationRequest request) {
        Size size = model.sizeOf(request);
        Shapes.require("The mask", mask.shape(), 1, 1, size.height(), size.width());
        long[] inner = model.inputShape(1, size);
        NdArray places = places(mask, size, new Size((int) inner[2], (int) inner[3]));
        int steps = fillingSteps(rounds, request.sampling());
        return inBatches(pictures, request, steps, (given, part) -> {
            try (Scope scope = Scope.open()) {
                Tensor filled = model.filling(given, open(mask), open(places))
                        .map(seeing -> seeing.generate(part.withSampling(singleSteps(model, part.sampling()))))
                        .orElseGet(() -> ledByHand(given, open(places), rounds, part));
                return scope.keep(filled.where(open(mask), given));
            }
        });
    }

    /** Steps of {@link #filled}, of each picture: those that are walked again count again. */
    public int fillingSteps(int rounds, SamplingOptions sampling) {
        int steps = model.grid(singleSteps(model, sampling)).size() - 1;
        return model.seesMasks() ? steps : steps * rounds;
    }

    private Tensor ledByHand(Tensor given, Tensor places, int rounds, GenerationRequest part) {
        SamplingOptions walked = requireSingleSteps(singleSteps(model, part.sampling()));
        Inpainting inpainting = new Inpainting(model.sampler(walked), rounds);
        GenerationRequest way = part.withSampling(walked);
        try (Scope scope = Scope.open();
                PictureNoise noise = new PictureNoise(device, part.seeds())) {
            return scope.keep(model.shown(inpainting.fill(
                    model.denoiser(way), model.noiseless(given), places, model.grid(walked), noise, part.listener())));
        }
    }

    /** What {@link #filled} goes by: where no sampler was asked for, and the model's own goes by earlier steps, DDIM. */
    public static SamplingOptions singleSteps(Generates model, SamplingOptions asked) {
        SamplingOptions resolved = model.resolved(asked);
        boolean remembers = resolved.sampler()
                .map(SamplerChoice::named)
                .filter(SamplerChoice::remembers)
                .isPresent();
        return asked.sampler().isPresent() || !remembers
                ? resolved
                : model.resolved(new SamplingOptions(
                        Optional.of(SamplerChoice.DDIM.word()),
                        asked.grid(),
                        asked.steps(),
                        asked.eta(),
                        asked.guidance(),
                        asked.clamp(),
                        asked.threshold()));
    }

    private Tensor open(NdArray mask) {
        return inference().placed(mask).gt(new Scalar(OPEN));
    }

    /** A mask [1, 1, H, W] on a grid of {@code places}: 1 where any of a place's pixels is open, else 0. */
    private static NdArray places(NdArray mask, Size pixels, Size places) {
        float[] fine = mask.toFloats();
        float[] coarse = new float[places.height() * places.width()];
        for (int i = 0; i < fine.length; i++) {
            if (fine[i] > OPEN) {
                int row = i / pixels.width() * places.height() / pixels.height();
                int column = i % pixels.width() * places.width() / pixels.width();
                coarse[row * places.width() + column] = 1;
            }
        }
        return NdArray.of(coarse, 1, 1, places.height(), places.width());
    }

    /**
     * The noise from which DDIM without fresh noise draws these pictures, but for rounding and what the model cannot tell:
     * a start for a request of the same contexts and sampling, as {@link Generates#start} gives it.
     *
     * @param pictures [N, C, H, W] in the model's range, one per seed
     */
    public NdArray inverted(NdArray pictures, GenerationRequest request) {
        List<Level> grid = model.grid(request.sampling());
        DdimInversion inversion = new DdimInversion(LOOKS);
        return inBatches(
                pictures,
                request,
                0,
                (given, part) -> Scope.yielding(() -> Tensors.scale(
                        inversion.invert(model.denoiser(part), model.noiseless(given), grid, part.listener()),
                        1 / grid.get(0).deviation())));
    }

    private NdArray inBatches(NdArray pictures, GenerationRequest request, int steps, EditBatches.Change change) {
        Size size = model.sizeOf(request);
        return new EditBatches(inference(), batch, watch).of(pictures, size, request, steps, change);
    }

    private Inference inference() {
        return new Inference(model, device, precision);
    }
}
