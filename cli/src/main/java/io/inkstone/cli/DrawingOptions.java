package io.inkstone.cli;

import io.inkstone.models.GenerationRequest;
import io.inkstone.run.SavedRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a model that removes noise draws while it edits, for which classes and from which seeds. */
final class DrawingOptions {
    @Mixin
    private Labels labels;

    @Mixin
    private WayOptions way;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the first picture. Default: 0.")
    private Long seed;

    /** {@code count} pictures of the run, for the classes that were said. */
    GenerationRequest request(SavedRun saved, int count, Common common) {
        return way.request(LongStream.range(seed(), seed() + count).boxed().toList(), labels, saved.model(), common);
    }

    long seed() {
        return seed == null ? 0 : seed;
    }

    Labels labels() {
        return labels;
    }

    WayOptions way() {
        return way;
    }

    /** Refuses whatever was said of drawing, as wrong usage; {@code reason} begins the sentence. */
    void requireNothing(Common common, String reason) {
        if (seed != null || labels.isSaid()) {
            throw common.wrongUsage(reason + ": leave out --seed, --labels and --context.");
        }
        way.requireNothing(common, reason);
    }

    /** What was said, and what the run's model takes where nothing was, for the text of a picture. */
    Map<String, Object> said(SavedRun saved) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("seed", seed());
        way.putInto(said, saved.generates());
        labels.putInto(said);
        return said;
    }
}
