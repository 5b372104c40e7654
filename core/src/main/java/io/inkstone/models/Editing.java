package io.inkstone.models;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.sampler.DdimInversion;
import io.inkstone.layers.Frozen;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Changes pictures by a model that removes noise, in batches of bounded size, in evaluation mode and without gradients.
 * Noise comes from the request's seeds, one per picture, as when pictures are drawn.
 *
 * @param model what removes noise
 * @param device where it lives
 * @param precision of its passes
 * @param batch largest number of pictures at once
 */
public record Editing(Diffuses model, ComputeDevice device, Precision precision, int batch) {
    /** Levels of the grid that are walked through again together (the jump of Lugmayr et al. 2022 counts single levels). */
    private static final int STRETCH = 5;

    /** Looks at the model in each step of an inversion: the round trip is then exact to some digits. */
    private static final int LOOKS = 5;

    /**
     * The pictures drawn again from the middle of the way (SDEdit, Meng et al. 2022, algorithm 1): noised to the level from
     * which {@code strength} of the grid's steps lead back, then denoised with the request's contexts.
     *
     * @param pictures [N, C, H, W] in the model's range, one per seed
     * @param strength 0 gives the pictures back as they are; 1 starts from noise alone, as drawing does
     */
    public NdArray redrawn(NdArray pictures, double strength, GenerationRequest request) {
        requireStrength(strength);
        List<Level> grid = model.grid(request.sampling());
        int skipped = (int) Math.round((1 - strength) * (grid.size() - 1));
        List<Level> rest = grid.subList(skipped, grid.size());
        Sampler sampler = model.sampler(request.sampling());
        return inBatches(pictures, request, (clean, part) -> {
            if (skipped == 0) {
                return model.generate(part);
            }
            if (rest.size() == 1) {
                return clean;
            }
            try (Scope scope = Scope.open();
                    PictureNoise noise = new PictureNoise(device, part.seeds())) {
                Tensor start = noised(clean, rest.get(0), noise);
                return scope.keep(sampler.sample(model.denoiser(part), start, rest, noise, part.listener()));
            }
        });
    }

    /** Refuses a strength outside [0, 1]; gives it back. */
    public static double requireStrength(double strength) {
        if (!(strength >= 0 && strength <= 1)) {
            throw new InputException("The strength of an edit lies in 0 (the picture itself) to 1 (nothing of it), got "
                    + strength + ".");
        }
        return strength;
    }

    /**
     * The pictures with a part of them drawn anew, so that it fits the rest (RePaint, Lugmayr et al. 2022, algorithm 1):
     * after every step what is known takes its own value at the new level; every few steps are gone back, noise added,
     * and walked again, since a part that was just filled in has not been seen by what surrounds it.
     *
     * @param pictures [N, C, H, W] in the model's range, one per seed
     * @param mask [1, 1, H, W] for all pictures; above ½ is drawn anew, the rest comes back exactly
     * @param rounds how often each stretch of the way is walked; 1 never goes back
     */
    public NdArray filled(NdArray pictures, NdArray mask, int rounds, GenerationRequest request) {
        if (rounds < 1) {
            throw new InputException("An inpainting needs 1 round or more, got " + rounds + ".");
        }
        int side = model.pictures().side();
        Shapes.require("The mask", mask.shape(), 1, 1, side, side);
        List<Level> grid = model.grid(request.sampling());
        Sampler sampler = model.sampler(request.sampling());
        return inBatches(pictures, request, (clean, part) -> {
            try (Scope scope = Scope.open();
                    PictureNoise noise = new PictureNoise(device, part.seeds())) {
                Tensor open =
                        device.place(Tensors.of(mask.toFloats(), mask.shape())).gt(new Scalar(0.5));
                Filling filling =
                        new Filling(model.denoiser(part), sampler, clean, open, noise, part.listener(), new int[1]);
                return scope.keep(filling.along(grid, rounds));
            }
        });
    }

    /**
     * The noise from which DDIM without fresh noise draws these pictures, but for rounding and what the model cannot tell:
     * a start for a request of the same contexts and sampling, [N, C, H, W].
     *
     * @param pictures [N, C, H, W] in the model's range, one per seed
     */
    public NdArray inverted(NdArray pictures, GenerationRequest request) {
        List<Level> grid = model.grid(request.sampling());
        DdimInversion inversion = new DdimInversion(LOOKS);
        return inBatches(
                pictures,
                request,
                (clean, part) -> Scope.yielding(() -> Tensors.scale(
                        inversion.invert(model.denoiser(part), clean, grid, part.listener()),
                        1 / grid.get(0).deviation())));
    }

    /** One batch being filled. */
    private record Filling(
            Denoiser denoiser,
            Sampler sampler,
            Tensor clean,
            Tensor open,
            Noise noise,
            SamplingListener listener,
            int[] done) {
        Tensor along(List<Level> grid, int rounds) {
            Level first = grid.get(0);
            Tensor noisy =
                    Scope.yielding(() -> known(Tensors.scale(noise.next(clean.shape()), first.deviation()), first));
            for (int from = 0; from + 1 < grid.size(); from += STRETCH) {
                List<Level> stretch = grid.subList(from, Math.min(grid.size(), from + STRETCH + 1));
                for (int round = 0; round < rounds; round++) {
                    if (round > 0) {
                        noisy = replaced(noisy, this::back, stretch.get(stretch.size() - 1), stretch.get(0));
                    }
                    for (int k = 0; k + 1 < stretch.size(); k++) {
                        noisy = replaced(noisy, this::step, stretch.get(k), stretch.get(k + 1));
                        listener.stepped(++done[0], stretch.get(k), noisy);
                    }
                }
            }
            return noisy;
        }

        private interface Move {
            Tensor to(Tensor noisy, Level from, Level to);
        }

        private static Tensor replaced(Tensor noisy, Move move, Level from, Level to) {
            Tensor next = Scope.yielding(() -> move.to(noisy, from, to));
            noisy.close(); // or every step's pictures would live until the end
            return next;
        }

        private Tensor step(Tensor noisy, Level from, Level to) {
            return known(sampler.sample(denoiser, noisy, List.of(from, to), noise, SamplingListener.NONE), to);
        }

        /** What is known at {@code level}, where the mask is closed. */
        private Tensor known(Tensor drawn, Level level) {
            return drawn.where(open, level.sigma() == 0 ? clean : noised(clean, level, noise));
        }

        /** To a noisier level: x·α_to/α_from and as much noise as is missing. */
        private Tensor back(Tensor noisy, Level from, Level to) {
            double carried = to.alpha() / from.alpha();
            double there = carried * from.sigma();
            double missing = Math.sqrt(Math.max(0, to.sigma() * to.sigma() - there * there));
            return Tensors.combine(carried, noisy, missing, noise.next(noisy.shape()));
        }
    }

    private static Tensor noised(Tensor clean, Level level, Noise noise) {
        return Tensors.combine(level.alpha(), clean, level.sigma(), noise.next(clean.shape()));
    }

    /** What becomes of the clean pictures of one batch. */
    @FunctionalInterface
    private interface Change {
        Tensor of(Tensor clean, GenerationRequest part);
    }

    private NdArray inBatches(NdArray pictures, GenerationRequest request, Change change) {
        PictureForm form = model.pictures();
        int count = request.seeds().size();
        Shapes.require("Pictures to edit", pictures.shape(), count, form.channels(), form.side(), form.side());
        List<NdArray> parts = new ArrayList<>();
        for (int from = 0; from < count; from += batch) {
            int to = Math.min(count, from + batch);
            parts.add(one(pictures.rows(from, to - from), request.part(from, to), change));
        }
        return NdArray.joined(parts);
    }

    private NdArray one(NdArray pictures, GenerationRequest part, Change change) {
        InterruptedWorkException.check();
        GenerationRequest stoppable = part.withListener((step, from, noisy) -> {
            InterruptedWorkException.check();
            part.listener().stepped(step, from, noisy);
        });
        try (Scope scope = Scope.open()) {
            Tensor clean = device.place(Tensors.of(pictures.toFloats(), pictures.shape()));
            return Tensors.toArray(model.network()
                    .evaluating(
                            () -> precision.compute(device, () -> Frozen.during(() -> change.of(clean, stoppable)))));
        }
    }
}
