package io.inkstone.condition;

import java.util.List;

/** How a model turns conditions into what its network takes. Belongs to the model; asked once per request or batch. */
public interface ConditionEncoder {
    /**
     * What the network is told of these pictures, on its device, as long as the open scope. What the model does not understand
     * of a condition is left out: a picture may be known by more than a model learns from.
     *
     * @param conditions one a picture, or none at all for {@link Condition#NONE} of every picture
     * @param count pictures
     */
    Told told(List<Condition> conditions, int count);

    /** Whether words are among what it understands. */
    default boolean readsWords() {
        return false;
    }

    /**
     * Refuses what somebody asks for and this model does not understand, before anything is drawn.
     *
     * @throws io.inkstone.InputException that says what it does understand
     */
    void require(Condition wish);
}
