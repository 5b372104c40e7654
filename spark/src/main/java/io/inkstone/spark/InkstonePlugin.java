package io.inkstone.spark;

import io.inkstone.tensor.NativeLibrary;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Loads libtorch when an executor starts, before it takes tasks: {@code spark.plugins=io.inkstone.spark.InkstonePlugin}. Without
 * it the first task of each executor loads it. An executor on which libtorch cannot be loaded then ends at once, with the
 * reason in its log, instead of failing task after task.
 */
public final class InkstonePlugin implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return null; // the driver loads what it needs itself
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> extraConf) {
                NativeLibrary.load();
            }

            @Override
            public void shutdown() {
                ExecutorStudio.close();
            }
        };
    }
}
