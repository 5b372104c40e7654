package io.inkstone.measure;

import io.inkstone.Counted;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.condition.Told;
import io.inkstone.evaluate.ImportanceWeightedBound;
import io.inkstone.evaluate.Interval;
import io.inkstone.evaluate.LatentLikelihood;
import io.inkstone.evaluate.MultiScaleSsim;
import io.inkstone.evaluate.PictureError;
import io.inkstone.image.PictureShape;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Pixels;
import io.inkstone.layers.Layer;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.PictureForm;
import io.inkstone.models.code.Coding;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;

/**
 * Figures of models that encode: how pictures come back, and how probable they are.
 *
 * @param wish what is to be measured
 * @param report where figures go
 * @param device where the model lives
 * @param precision of its passes; likelihoods are float32 always
 */
record CodingCheck(EvaluationWish wish, EvaluationReport report, ComputeDevice device, Precision precision) {
    private static final int MOST = 1000;

    /** Errors of the decoded means of the codes of real pictures, as 8-bit pictures would not show them: unrounded. */
    void reconstruction(Autoencodes model, MeasuredData data, GalleryReading.Progress progress) {
        int count = count(data);
        PictureForm form = model.pictures();
        PictureShape one = new PictureShape(
                1, form.channels(), form.size().height(), form.size().width());
        int scales = MultiScaleSsim.scales(form.size().height(), form.size().width());
        if (scales == 0) {
            report.cannot(wish, Metric.RECONSTRUCTION, "SSIM needs pictures of at least 11×11.");
            return;
        }
        Coding coding = new Coding(model, device, precision);
        List<PictureError> errors = new ArrayList<>();
        double[] multiScale = new double[count];
        int batch = form.atOnce();
        for (int from = 0; from < count; from += batch) {
            int to = Math.min(count, from + batch);
            NdArray inputs = inputs(data, from, to, form);
            float[] references = inputs.toFloats();
            float[] outputs =
                    coding.reconstruct(inputs, conditions(data, from, to)).toFloats();
            errors.addAll(PictureError.of(outputs, references, PictureShape.of(inputs.shape()), form.range()));
            for (int i = 0; i < to - from; i++) {
                multiScale[from + i] = MultiScaleSsim.of(
                        unit(outputs, i, one, form.range()), unit(references, i, one, form.range()), one);
            }
            progress.at(to, count);
        }
        report.put(Figure.MEAN_SQUARED_ERROR, mean(errors, PictureError::meanSquared));
        report.put(Figure.PSNR, mean(errors, PictureError::psnr));
        report.put(Figure.SSIM, mean(errors, PictureError::ssim));
        report.put(Figure.MS_SSIM, MeasuredFigure.ofMean(multiScale));
        report.put(
                Protocol.RECONSTRUCTED,
                Words.of(
                        "%s of the %s, the mean of each code; MS-SSIM of %s",
                        Counted.of(count, "picture"), data.words(), Counted.of(scales, "scale")));
    }

    /** Bounds on log p(x) of real pictures, in nats a picture and bits a value. */
    void likelihood(Autoencodes model, MeasuredData data, GalleryReading.Progress progress) {
        LatentLikelihood likelihood = model.likelihood().orElseThrow();
        int count = count(data);
        int classes = model.classes().size();
        PictureForm form = model.pictures();
        int values = (int) form.values();
        double[] evidence = new double[count];
        double[] nats = new double[count];
        int batch = form.atOnce();
        for (int from = 0; from < count; from += batch) {
            InterruptedWorkException.check();
            int first = from;
            int to = Math.min(count, from + batch);
            ImportanceWeightedBound part = Layer.evaluating(() -> {
                try (Scope scope = Scope.open()) {
                    NdArray inputs = inputs(data, first, to, form);
                    Told told = model.conditions().told(conditions(data, first, to), to - first);
                    Generator generator = new Seed(wish.seed()).generator(Seed.Purpose.SAMPLING, first);
                    Tensor pictures = device.place(Tensors.of(inputs.toFloats(), inputs.shape()));
                    Tensor uniform = device.place(Tensors.uniform(generator, inputs.shape()));
                    return ImportanceWeightedBound.of(
                            likelihood, likelihood.observed(pictures, uniform), told, wish.draws(), generator);
                }
            });
            System.arraycopy(part.evidence(), 0, evidence, from, to - from);
            for (int i = from; i < to; i++) {
                nats[i] = -part.bound()[i - from];
            }
            progress.at(to, count);
        }
        report.put(Figure.ELBO_NATS, MeasuredFigure.ofMean(evidence));
        report.put(Figure.NLL_NATS, MeasuredFigure.ofMean(nats));
        if (count > 1) {
            report.put(Figure.NLL_NATS_ERROR, MeasuredFigure.of(Interval.errorOfMean(nats)));
        }
        report.put(
                Figure.NLL_BITS_PER_DIMENSION,
                MeasuredFigure.ofMean(Arrays.stream(nats)
                        .map(value -> ImportanceWeightedBound.bitsPerDimension(-value, values))
                        .toArray()));
        report.put(
                Protocol.LIKELIHOOD,
                Words.of(
                        "%s; importance-weighted bound of %s, %s of the %s",
                        likelihood.words(),
                        Counted.of(wish.draws(), "draw"),
                        Counted.of(count, "picture"),
                        data.words()));
    }

    private static MeasuredFigure mean(List<PictureError> errors, ToDoubleFunction<PictureError> figure) {
        return MeasuredFigure.ofMean(errors.stream().mapToDouble(figure).toArray());
    }

    private int count(MeasuredData data) {
        return Math.min(wish.count().orElse(MOST), data.measured().count());
    }

    private static NdArray inputs(MeasuredData data, int from, int to, PictureForm form) {
        List<Pixels> pictures =
                IntStream.range(from, to).mapToObj(data.measured()::pixels).toList();
        return form.array(pictures);
    }

    private static List<Condition> conditions(MeasuredData data, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> data.measured().entry(i).condition())
                .toList();
    }

    private static float[] unit(float[] values, int index, PictureShape one, PixelRange range) {
        int size = one.perPicture();
        float low = range.toModel(0);
        float span = range.toModel(255) - low;
        float[] unit = Arrays.copyOfRange(values, index * size, (index + 1) * size);
        for (int i = 0; i < size; i++) {
            unit[i] = Math.min(Math.max((unit[i] - low) / span, 0f), 1f);
        }
        return unit;
    }
}
