package io.inkstone.measure;

/** How an evaluation was made, entry by entry: figures mean nothing without it. */
public enum Protocol {
    TIME("time"),
    /** The version that measured. */
    INKSTONE("inkstone"),
    /** What was measured: a run's directory, or where pictures lie. */
    SUBJECT("subject"),
    /** The pictures that are compared with, and which part of them. */
    DATA("data"),
    /** How many of them. */
    REAL("real"),
    /** Bits and size of all pictures. */
    PICTURES("pictures"),
    SEED("seed"),
    CHECKPOINT("checkpoint"),
    /** SHA-256 of the weights that drew. */
    WEIGHTS("weights"),
    /** Pictures that were drawn, or looked at. */
    COUNT("count"),
    /** How they were drawn. */
    SAMPLING("sampling"),
    /** Which classes were asked for. */
    CLASSES("classes"),
    PRECISION("precision"),
    JUDGE("judge"),
    /** Of the judge's weights. */
    JUDGE_SHA256("judgeSha256"),
    JUDGE_FEATURES("judgeFeatures"),
    /** What the judge does to a picture first. */
    JUDGE_SEES("judgeSees"),
    KID_SUBSETS("kidSubsets"),
    /** Pictures of each side, and along how many directions they are sorted. */
    MIND_PICTURES("mindPictures"),
    INCEPTION_SCORE_PARTS("inceptionScoreParts"),
    /** Pictures of each side for precision, recall, density and coverage. */
    OVERLAP_PICTURES("overlapPictures"),
    /** The pictures that diversity was measured on. */
    DIVERSITY_OF("diversityOf"),
    /** The pictures that were looked for, and among which. */
    NEAREST_OF("nearestOf"),
    /** The pictures that were coded, and how. */
    RECONSTRUCTED("reconstructed"),
    /** The likelihood, the bound on it, and the pictures that it is of. */
    LIKELIHOOD("likelihood");

    private final String key;

    Protocol(String key) {
        this.key = key;
    }

    /** Its name in files. */
    public String key() {
        return key;
    }
}
