package io.inkstone.cli;

import io.inkstone.measure.Figure;
import java.util.Optional;

/**
 * A figure of {@code evaluate} as people read it.
 *
 * @param line what a line of it is called
 * @param column the same above a column
 * @param unit and which way is better
 */
record FigureWords(String line, String column, String unit) {
    /** Empty for what only explains the figure before it. */
    static Optional<FigureWords> of(Figure figure) {
        return switch (figure) {
            case FID -> shown("FID", "FID", "lower is better");
            case FID_OF_TRAINING -> shown("FID of training pictures", "FID (training)", "what real pictures have");
            case KID -> shown("KID", "KID", "lower is better, 0 is alike");
            case KID_OF_TRAINING -> shown("KID of training pictures", "KID (training)", "what real pictures have");
            case MIND -> shown("MIND", "MIND", "lower is better, at equal counts only");
            case MIND_OF_TRAINING -> shown("MIND of training pictures", "MIND (training)", "what real pictures have");
            case INCEPTION_SCORE -> shown("inception score", "IS", "higher is better, at most the classes");
            case PRECISION -> shown("precision", "precision", "share of pictures that look real");
            case RECALL -> shown("recall", "recall", "share of real pictures within reach");
            case DENSITY -> shown("density", "density", "1 is as dense as the data");
            case COVERAGE -> shown("coverage", "coverage", "share of real neighbourhoods met");
            case ACCURACY -> shown("label accuracy", "accuracy", "share of pictures of the class asked for");
            case ACCURACY_OF_REAL -> shown("  of real pictures", "of real", "what the judge itself can see");
            case ATTRIBUTES_ASKED ->
                shown("attributes, asked for", "asked", "share that has them, mean of all attributes");
            case ATTRIBUTES_UNASKED -> shown("  not asked for", "not asked", "share that has them all the same");
            case ATTRIBUTES_ASKED_OF_REAL ->
                shown("  of real pictures", "of real", "in which the judge sees those that are there");
            case ATTRIBUTES_UNASKED_OF_REAL ->
                shown("  of real pictures", "of real, not", "in which it sees those that are not");
            case ATTRIBUTE_ACCURACY_OF_REAL ->
                shown("  the judge's accuracy", "judge", "on real pictures, mean of all attributes");
            case MODES_COVERED -> shown("classes that come up", "modes", "share");
            case MODE_DIVERGENCE -> shown("  their divergence", "divergence", "nats, 0 is as in the data");
            case DIVERSITY -> shown("diversity", "diversity", "1 is as varied as the data");
            case NEAREST_TRAINING ->
                shown("nearest training picture", "nearest", "median distance in [0, 1]; 0 is a copy");
            case NEAREST_TRAINING_OF_REAL ->
                shown("  of real pictures", "of real", "the same for pictures nobody copied");
            case COPIES -> shown("copies", "copies", "share as near as the nearest 1 % of held-out pictures");
            case MEAN_SQUARED_ERROR ->
                shown("mean squared error", "squared error", "of reconstructions, values in [0, 1]");
            case PSNR -> shown("PSNR", "PSNR", "dB");
            case SSIM -> shown("SSIM", "SSIM", "at most 1");
            case MS_SSIM -> shown("MS-SSIM", "MS-SSIM", "at most 1");
            case ELBO_NATS -> shown("ELBO", "ELBO", "nats a picture, higher is better");
            case NLL_NATS -> shown("NLL", "NLL", "nats a picture, lower is better; an upper bound");
            case NLL_BITS_PER_DIMENSION -> shown("NLL", "bits/dimension", "bits a dimension");
            case KID_DEVIATION, INCEPTION_SCORE_DEVIATION, NLL_NATS_ERROR -> Optional.empty();
        };
    }

    private static Optional<FigureWords> shown(String line, String column, String unit) {
        return Optional.of(new FigureWords(line, column, unit));
    }
}
