package io.inkstone.evaluate;

import io.inkstone.condition.Told;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Bounds on the log-likelihood of pictures from K draws z₁ … z_K of q(z|x) each (Burda, Grosse and Salakhutdinov 2016,
 * eq. 8): log 1/K Σ p(x|zₖ)p(zₖ)/q(zₖ|x). Its mean grows with K towards log p(x); K = 1 is the evidence lower bound (ELBO,
 * Kingma and Welling 2014, eq. 2). Figures compare only for the same K and the same data (binarised or not).
 *
 * @param evidence the ELBO per picture in nats, averaged over the same K draws
 * @param bound the importance-weighted bound per picture in nats
 */
public record ImportanceWeightedBound(double[] evidence, double[] bound) {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /** Draws decoded at once: pictures of a batch times draws of a pass. */
    private static final int MOST_AT_ONCE = 500;

    /**
     * Of one batch of pictures.
     *
     * @param pictures [N, C, H, W] in the model's range
     * @param told what the model is told of each
     * @param draws K, one or more
     * @param generator on the CPU
     */
    public static ImportanceWeightedBound of(
            LatentLikelihood model, Tensor pictures, Told told, int draws, Generator generator) {
        int count = (int) pictures.size(0);
        double[][] weights = new double[count][draws];
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            Tensor moments = model.encode(pictures, told).to(ScalarType.Float);
            int together = Math.max(1, Math.min(draws, MOST_AT_ONCE / Math.max(1, count)));
            for (int from = 0; from < draws; from += together) {
                int now = Math.min(together, draws - from);
                double[] values = logWeights(model, pictures, told, moments, now, generator);
                for (int i = 0; i < values.length; i++) {
                    weights[i % count][from + i / count] = values[i];
                }
            }
        }
        return new ImportanceWeightedBound(
                Arrays.stream(weights)
                        .mapToDouble(row -> Arrays.stream(row).average().orElse(Double.NaN))
                        .toArray(),
                Arrays.stream(weights)
                        .mapToDouble(ImportanceWeightedBound::logMeanExp)
                        .toArray());
    }

    /** log p(x|z) + log p(z) − log q(z|x), draw after draw, within one the pictures in order. */
    private static double[] logWeights(
            LatentLikelihood model, Tensor pictures, Told told, Tensor moments, int draws, Generator generator) {
        try (Scope scope = Scope.open()) {
            Tensor many = repeated(moments, draws);
            long latent = many.size(1) / 2;
            Tensor mean = many.narrow(1, 0, latent);
            Tensor logVariance = many.narrow(1, latent, latent);
            Tensor noise = Tensors.normal(generator, many.size(0), latent).to(mean.device(), ScalarType.Float);
            Tensor latents = mean.add(Tensors.scale(logVariance, 0.5).exp().mul(noise));
            Tensor prior = logDensity(latents.square());
            Tensor posterior = logDensity(noise.square().add(logVariance));
            Tensor picture = model.logLikelihood(repeated(pictures, draws), latents, told.repeated(draws));
            return Tensors.toDoubles(
                    picture.to(ScalarType.Double).reshape(-1).add(prior).sub(posterior));
        }
    }

    /** −½(Σ terms + latent·log 2π), float64: of z² for the prior, of ε² + log σ² for the guess. */
    private static Tensor logDensity(Tensor terms) {
        Tensor sum = terms.to(ScalarType.Double).sum(1);
        return sum.add(new Scalar(terms.size(1) * LOG_TWO_PI)).mul(new Scalar(-0.5));
    }

    /** All rows, {@code times} after each other. */
    private static Tensor repeated(Tensor rows, int times) {
        Tensor[] copies = new Tensor[times];
        Arrays.fill(copies, rows);
        return times == 1 ? rows : Tensors.concatenate(0, copies);
    }

    private static double logMeanExp(double[] values) {
        double largest = Arrays.stream(values).max().orElse(Double.NaN);
        double sum =
                Arrays.stream(values).map(value -> Math.exp(value - largest)).sum();
        return largest + Math.log(sum / values.length);
    }

    /** Bits per dimension: −nats / (values · ln 2). */
    public static double bitsPerDimension(double nats, long values) {
        return -nats / (values * Math.log(2));
    }
}
