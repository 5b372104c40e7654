package io.inkstone.spark;

import io.inkstone.train.Listener;
import io.inkstone.train.ranks.RankPlace;
import java.io.Serializable;
import java.util.List;

/**
 * Makes the listeners of a rank, in its JVM.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RankListeners extends Serializable {
    /**
     * @param place rank 0 writes and leads
     * @param attempt of the stage, from 0
     */
    List<Listener> of(RankPlace place, int attempt);
}
