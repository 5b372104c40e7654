package io.inkstone.run;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.ranks.RankExchange;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run is started with beside its recipe.
 *
 * @param out the run directory, new
 * @param from a run or weight file whose weights are the first values
 * @param device where to train
 * @param reuse take a directory whose earlier run has no checkpoint to go on from
 * @param say told how far it has come where opening the data takes long
 * @param ranks the other processes that train it with this one
 */
public record TrainingStart(
        Path out,
        Optional<Path> from,
        ComputeDevice device,
        boolean reuse,
        Consumer<String> say,
        Optional<RankExchange> ranks) {
    /** By one process. */
    public TrainingStart(Path out, Optional<Path> from, ComputeDevice device, boolean reuse, Consumer<String> say) {
        this(out, from, device, reuse, say, Optional.empty());
    }

    /** Without words on the way. */
    public TrainingStart(Path out, Optional<Path> from, ComputeDevice device, boolean reuse) {
        this(out, from, device, reuse, sentence -> {});
    }

    /** Into a new directory. */
    public TrainingStart(Path out, Optional<Path> from, ComputeDevice device) {
        this(out, from, device, false);
    }
}
