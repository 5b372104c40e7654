package io.inkstone.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What an evaluation can find, in the order in which it is shown. Meanings, units and sources: docs/metrics.md. */
public enum Figure {
    FID("fid", Group.FEATURES),
    FID_OF_TRAINING("fidOfTraining", Group.FEATURES),
    KID("kid", Group.FEATURES),
    /** Between the subsets that {@link #KID} is the mean of. */
    KID_DEVIATION("kidDeviation", Group.FEATURES),
    KID_OF_TRAINING("kidOfTraining", Group.FEATURES),
    MIND("mind", Group.FEATURES),
    MIND_OF_TRAINING("mindOfTraining", Group.FEATURES),
    INCEPTION_SCORE("inceptionScore", Group.FEATURES),
    /** Between the parts that {@link #INCEPTION_SCORE} is the mean of. */
    INCEPTION_SCORE_DEVIATION("inceptionScoreDeviation", Group.FEATURES),
    PRECISION("precision", Group.OVERLAP),
    RECALL("recall", Group.OVERLAP),
    DENSITY("density", Group.OVERLAP),
    COVERAGE("coverage", Group.OVERLAP),
    ACCURACY("accuracy", Group.CLASSES),
    ACCURACY_OF_REAL("accuracyOfReal", Group.CLASSES),
    /** Of the pictures that were to have an attribute, the share in which the judge sees it: the mean of all attributes. */
    ATTRIBUTES_ASKED("attributesAsked", Group.CLASSES),
    /** The same of the pictures that were not to have it. */
    ATTRIBUTES_UNASKED("attributesUnasked", Group.CLASSES),
    ATTRIBUTES_ASKED_OF_REAL("attributesAskedOfReal", Group.CLASSES),
    ATTRIBUTES_UNASKED_OF_REAL("attributesUnaskedOfReal", Group.CLASSES),
    /** The judge's own accuracy. */
    ATTRIBUTE_ACCURACY_OF_REAL("attributeAccuracyOfReal", Group.CLASSES),
    MODES_COVERED("modesCovered", Group.CLASSES),
    MODE_DIVERGENCE("modeDivergence", Group.CLASSES),
    DIVERSITY("diversity", Group.DIVERSITY),
    NEAREST_TRAINING("nearestTraining", Group.COPIES),
    NEAREST_TRAINING_OF_REAL("nearestTrainingOfReal", Group.COPIES),
    COPIES("copies", Group.COPIES),
    MEAN_SQUARED_ERROR("meanSquaredError", Group.CODING),
    PSNR("psnr", Group.CODING),
    SSIM("ssim", Group.CODING),
    MS_SSIM("msSsim", Group.CODING),
    ELBO_NATS("elboNats", Group.LIKELIHOOD),
    NLL_NATS("nllNats", Group.LIKELIHOOD),
    /** The standard error of {@link #NLL_NATS}. */
    NLL_NATS_ERROR("nllNatsError", Group.LIKELIHOOD),
    NLL_BITS_PER_DIMENSION("nllBitsPerDimension", Group.LIKELIHOOD);

    /**
     * Figures of one kind, and what of the protocol must be alike for them to compare. How pictures were drawn is not among
     * it: that is what is compared.
     */
    public enum Group {
        FEATURES(Protocol.JUDGE_SHA256, Protocol.REAL, Protocol.COUNT, Protocol.CLASSES, Protocol.PRECISION),
        OVERLAP(Protocol.JUDGE_SHA256, Protocol.OVERLAP_PICTURES, Protocol.CLASSES, Protocol.PRECISION),
        CLASSES(Protocol.JUDGE_SHA256, Protocol.REAL, Protocol.COUNT, Protocol.CLASSES, Protocol.PRECISION),
        DIVERSITY(Protocol.DIVERSITY_OF, Protocol.REAL, Protocol.COUNT, Protocol.CLASSES, Protocol.PRECISION),
        COPIES(Protocol.NEAREST_OF, Protocol.REAL, Protocol.COUNT, Protocol.CLASSES, Protocol.PRECISION),
        CODING(Protocol.RECONSTRUCTED, Protocol.PRECISION),
        LIKELIHOOD(Protocol.LIKELIHOOD);

        private final List<Protocol> alike;

        Group(Protocol... own) {
            alike = Stream.concat(Stream.of(Protocol.DATA, Protocol.PICTURES, Protocol.SEED), Arrays.stream(own))
                    .toList();
        }

        /** What differs between evaluations that have a figure of this kind: then these do not compare. */
        public List<Protocol> differences(Collection<SavedEvaluation> evaluations) {
            return alike.stream()
                    .filter(entry -> evaluations.stream()
                                    .map(evaluation -> evaluation.protocol(entry))
                                    .distinct()
                                    .count()
                            > 1)
                    .toList();
        }
    }

    private final String key;
    private final Group group;

    Figure(String key, Group group) {
        this.key = key;
        this.group = group;
    }

    /** Its name in files. */
    public String key() {
        return key;
    }

    /** The figures that it is shown with. */
    public Group group() {
        return group;
    }
}
