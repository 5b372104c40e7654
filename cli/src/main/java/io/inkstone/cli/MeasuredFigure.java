package io.inkstone.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A figure of {@code evaluate} as people read it. Its 95 % interval, where it has one, is kept beside it under
 * {@code …Low} and {@code …High}.
 *
 * @param key its name in an evaluation
 * @param words what a line of it is called
 * @param column the same above a column
 * @param unit and which way is better
 * @param group that it is shown with
 */
record MeasuredFigure(String key, String words, String column, String unit, Group group) {
    /** Figures of one kind, and what of the protocol must be alike for them to compare. */
    enum Group {
        FEATURES("judgeSha256", "real", "count", "classes", "precision"),
        OVERLAP("judgeSha256", "overlapPictures", "classes", "precision"),
        CLASSES("judgeSha256", "real", "count", "classes", "precision"),
        COPIES("real", "count", "classes", "precision"),
        CODING("reconstructed", "precision"),
        LIKELIHOOD("likelihood");

        private final List<String> alike;

        Group(String... own) {
            alike = Stream.concat(Stream.of("data", "pictures", "seed"), Arrays.stream(own))
                    .toList();
        }

        /** Entries of the protocol: where these differ, figures do not compare. */
        List<String> alike() {
            return alike;
        }

        /** In their order. */
        List<MeasuredFigure> figures() {
            return ALL.stream().filter(figure -> figure.group == this).toList();
        }
    }

    /** In the order in which they are shown. */
    static final List<MeasuredFigure> ALL = List.of(
            new MeasuredFigure("fid", "FID", "FID", "lower is better", Group.FEATURES),
            new MeasuredFigure(
                    "fidOfTraining",
                    "FID of training pictures",
                    "FID (training)",
                    "what real pictures have",
                    Group.FEATURES),
            new MeasuredFigure("kid", "KID", "KID", "lower is better, 0 is alike", Group.FEATURES),
            new MeasuredFigure(
                    "kidOfTraining",
                    "KID of training pictures",
                    "KID (training)",
                    "what real pictures have",
                    Group.FEATURES),
            new MeasuredFigure(
                    "inceptionScore", "inception score", "IS", "higher is better, at most the classes", Group.FEATURES),
            new MeasuredFigure(
                    "precision", "precision", "precision", "share of pictures that look real", Group.OVERLAP),
            new MeasuredFigure("recall", "recall", "recall", "share of real pictures within reach", Group.OVERLAP),
            new MeasuredFigure("density", "density", "density", "1 is as dense as the data", Group.OVERLAP),
            new MeasuredFigure("coverage", "coverage", "coverage", "share of real neighbourhoods met", Group.OVERLAP),
            new MeasuredFigure(
                    "accuracy",
                    "label accuracy",
                    "accuracy",
                    "share of pictures of the class asked for",
                    Group.CLASSES),
            new MeasuredFigure(
                    "accuracyOfReal", "  of real pictures", "of real", "what the judge itself can see", Group.CLASSES),
            new MeasuredFigure("modesCovered", "classes that come up", "modes", "share", Group.CLASSES),
            new MeasuredFigure(
                    "modeDivergence", "  their divergence", "divergence", "nats, 0 is as in the data", Group.CLASSES),
            new MeasuredFigure("diversity", "diversity", "diversity", "1 is as varied as the data", Group.COPIES),
            new MeasuredFigure(
                    "nearestTraining",
                    "nearest training picture",
                    "nearest",
                    "median distance in [0, 1]; 0 is a copy",
                    Group.COPIES),
            new MeasuredFigure(
                    "nearestTrainingOfReal",
                    "  of real pictures",
                    "of real",
                    "the same for pictures nobody copied",
                    Group.COPIES),
            new MeasuredFigure(
                    "copies",
                    "copies",
                    "copies",
                    "share as near as the nearest 1 % of held-out pictures",
                    Group.COPIES),
            new MeasuredFigure(
                    "meanSquaredError",
                    "mean squared error",
                    "squared error",
                    "of reconstructions, values in [0, 1]",
                    Group.CODING),
            new MeasuredFigure("psnr", "PSNR", "PSNR", "dB", Group.CODING),
            new MeasuredFigure("ssim", "SSIM", "SSIM", "at most 1", Group.CODING),
            new MeasuredFigure("msSsim", "MS-SSIM", "MS-SSIM", "at most 1", Group.CODING),
            new MeasuredFigure("elboNats", "ELBO", "ELBO", "nats a picture, higher is better", Group.LIKELIHOOD),
            new MeasuredFigure(
                    "nllNats", "NLL", "NLL", "nats a picture, lower is better; an upper bound", Group.LIKELIHOOD),
            new MeasuredFigure("nllBitsPerDimension", "NLL", "bits/dimension", "bits a dimension", Group.LIKELIHOOD));

    /** The name of the lower end of its interval. */
    String low() {
        return key + "Low";
    }

    /** The name of the upper end of its interval. */
    String high() {
        return key + "High";
    }
}
