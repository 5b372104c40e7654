package io.inkstone.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a rank ended, for the driver.
 *
 * @param rank that ended
 * @param attempt of the stage, from 0
 * @param refused a sentence about what another attempt would not mend, or empty
 * @param notes for people
 */
record RankOutcome(int rank, int attempt, String refused, ArrayList<String> notes) implements Serializable {
    static RankOutcome done(int rank, int attempt, List<String> notes) {
        return new RankOutcome(rank, attempt, "", new ArrayList<>(notes));
    }

    static RankOutcome refused(int rank, int attempt, String sentence) {
        return new RankOutcome(rank, attempt, sentence, new ArrayList<>());
    }

    boolean leads() {
        return rank == 0;
    }

    Optional<String> refusal() {
        return Optional.of(refused).filter(sentence -> !sentence.isEmpty());
    }
}
