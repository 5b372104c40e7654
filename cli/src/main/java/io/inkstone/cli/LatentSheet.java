package io.inkstone.cli;

import io.inkstone.array.NdArray;
import io.inkstone.image.Sheet;
import io.inkstone.models.PictureForm;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The common end of the commands that wander through codes: pictures of given starts, laid out and written. */
record LatentSheet(TrainedRun run, SavedRun saved, Labels labels, String command) {
    private static final int MOST = 10_000;

    /** What the model starts from for these picture seeds, [N, …]. */
    NdArray starts(List<Long> seeds) {
        try (Scope scope = Scope.open()) {
            return Tensors.toArray(run.generation(saved).model().start(seeds));
        }
    }

    /** Refuses more pictures than an array holds, or a sheet shows. */
    void requireFit(int count) {
        PictureForm form = saved.model().pictures();
        run.common()
                .atMost(
                        Math.min(MOST, Integer.MAX_VALUE / form.channels() / form.side() / form.side()),
                        "--count",
                        count);
    }

    /** Pictures of given starts [N, …], drawn as the model does by itself. */
    NdArray generated(NdArray starts) {
        int count = (int) starts.shape()[0];
        return generated(starts, GenerationRequest.of(count, 0).withConditions(labels.rows(saved.model(), count)));
    }

    /** Pictures of given starts [N, …], drawn as {@code request} says. */
    NdArray generated(NdArray starts, GenerationRequest request) {
        return run.generation(saved).pictures(request.withStart(starts));
    }

    /** @param said the options that made the pictures, by their names; the labels come by themselves */
    void write(Path file, NdArray pictures, int columns, Map<String, Object> said) {
        Map<String, Object> all = new LinkedHashMap<>(said);
        labels.putInto(all);
        new EditedPictures(run, saved, command)
                .write(file, pictures, Sheet.of(saved.model().pictures().pixels(pictures), columns), all);
    }
}
