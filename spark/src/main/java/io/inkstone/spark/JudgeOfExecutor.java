package io.inkstone.spark;

import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.measure.Judges;
import io.inkstone.tensor.ComputeDevice;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which network looks at pictures; each JVM loads it once and keeps it.
 *
 * @param inception whether {@code name} is the file of Inception's weights; else a classifier's name or run
 */
record JudgeOfExecutor(boolean inception, String name) implements Serializable {
    private static final Map<JudgeOfExecutor, FeatureNetwork> LOADED = new ConcurrentHashMap<>();

    FeatureNetwork here() {
        return LOADED.computeIfAbsent(
                this,
                missing -> inception
                        ? Judges.inception(Path.of(name), ComputeDevice.CPU)
                        : Judges.classifier(name, ComputeDevice.CPU));
    }
}
