package io.inkstone.models.diffusion;

import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import java.util.List;

/**
 * What the network is told of a training batch: the condition of some pictures is dropped, so that one network learns both models
 * that guidance needs.
 *
 * @param conditions how the network is told what pictures show
 * @param share of pictures whose condition is dropped
 */
record ConditionDrop(ConditionEncoder conditions, double share) {
    Told of(Batch batch, Draws draws) {
        Told all = conditions.told(batch.conditions(), batch.size());
        return all.keeping(draws.keep(batch.size(), share), () -> conditions.told(List.of(), batch.size()));
    }
}
