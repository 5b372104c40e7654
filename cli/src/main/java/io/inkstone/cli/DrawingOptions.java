package io.inkstone.cli;

import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.run.SavedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a model that removes noise draws while it edits, for which classes and from which seeds. */
final class DrawingOptions {
    @Spec(Spec.Target.SELF)
    private CommandSpec spec;

    @Mixin
    private Labels labels;

    @Mixin
    private WayOptions way;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the first picture. Default: 0.")
    private Long seed;

    /** {@code count} pictures of the run, for the classes that were said. */
    GenerationRequest request(SavedRun saved, int count, Common common) {
        return way(common).request(saved.model(), seeds(count, common), labels.rows(saved.model(), count));
    }

    /** Those of {@code count} pictures, one after another. */
    List<Long> seeds(int count, Common common) {
        return common.said(() -> GenerationRequest.seeds(count, first()));
    }

    private long first() {
        return seed == null ? 0 : seed;
    }

    Labels labels() {
        return labels;
    }

    /** What was said of it, understood. */
    Way way(Common common) {
        return way.towards(labels, common);
    }

    /** Everything of this that stands on the line. */
    SaidOptions said() {
        return SaidOptions.of(spec);
    }

    /** What was said, and what the run's model takes where nothing was, for the text of a picture. */
    Map<String, Object> text(SavedRun saved) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("seed", first());
        way.putInto(text, saved.generates());
        labels.putInto(text);
        return text;
    }
}
