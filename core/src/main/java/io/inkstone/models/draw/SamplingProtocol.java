package io.inkstone.models.draw;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.diffusion.Guidance;
import io.inkstone.models.Diffuses;
import io.inkstone.models.Generates;
import java.util.ArrayList;
import java.util.List;

/** How pictures were drawn, in words that stay true when a default changes: the choices that nobody made are named too. */
public final class SamplingProtocol {
    private SamplingProtocol() {}

    /** {@code ddim, 25 steps, grid uniform, guidance 1}, then whatever else was asked for; or {@code one pass}. */
    public static String of(Generates model, SamplingOptions options) {
        if (!model.isSampled()) {
            return "one pass";
        }
        SamplingOptions resolved = model.resolved(options);
        List<String> words = new ArrayList<>();
        resolved.sampler().ifPresent(words::add);
        words.add(Counted.of(model.steps(options), "step"));
        resolved.grid().ifPresent(grid -> words.add("grid " + grid));
        words.add(guidance(resolved.guidance())
                + (model instanceof Diffuses led && led.hasGuide() ? " away from a weaker model" : ""));
        if (resolved.eta() != 0) {
            words.add("eta " + plain(resolved.eta()));
        }
        if (resolved.clamp()) {
            words.add("clamped");
        }
        resolved.threshold().ifPresent(share -> words.add("threshold " + plain(share)));
        return String.join(", ", words);
    }

    private static String guidance(Guidance guidance) {
        String words = "guidance " + plain(guidance.weight());
        if (guidance.rescale() != 0) {
            words += " rescaled by " + plain(guidance.rescale());
        }
        if (guidance.lowest() > 0 || guidance.highest() < Double.POSITIVE_INFINITY) {
            words += Words.of(" between %s and %s", plain(guidance.lowest()), plain(guidance.highest()));
        }
        return words;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
