package io.inkstone.diffusion;

import io.inkstone.diffusion.path.CosinePath;
import io.inkstone.diffusion.path.EdmPath;
import io.inkstone.diffusion.path.FlowPath;
import io.inkstone.diffusion.path.LinearBetaPath;
import io.inkstone.diffusion.path.ScaledLinearPath;
import io.inkstone.diffusion.path.SigmoidPath;
import io.inkstone.diffusion.path.ZeroTerminalPath;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every path, for tests of what holds on all of them. A new one is added here. */
public final class AllPaths {
    public static final int STEPS = 100;

    private AllPaths() {}

    public static Map<String, NoisePath> byName() {
        return byName(STEPS);
    }

    /** @param steps T; the betas shrink with it, so that the paths stay what they are */
    public static Map<String, NoisePath> byName(int steps) {
        double unit = (double) STEPS / steps;
        Map<String, NoisePath> all = new LinkedHashMap<>();
        all.put("linear", new LinearBetaPath(steps, 1e-3 * unit, 0.1 * unit));
        all.put("scaled-linear", new ScaledLinearPath(steps, 1e-3 * unit, 0.1 * unit));
        all.put("cosine", new CosinePath(steps));
        all.put("sigmoid", new SigmoidPath(steps));
        all.put("edm", new EdmPath(steps, 0.002, 80));
        all.put("flow", new FlowPath());
        all.put("zero-terminal", new ZeroTerminalPath(new CosinePath(steps), steps));
        return all;
    }
}
