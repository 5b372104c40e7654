package io.inkstone.spark;

import io.inkstone.studio.Lease;
import io.inkstone.studio.RunChoice;
import io.inkstone.studio.Studio;
import io.inkstone.studio.StudioSettings;

/** The studio of this JVM: runs are loaded once, whatever the number of tasks. */
final class ExecutorStudio {
    private static Studio studio;

    private ExecutorStudio() {}

    static synchronized Lease lease(RunChoice choice) {
        if (studio == null) {
            studio = Studio.of(StudioSettings.DEFAULT);
            // A JVM that ends while libtorch computes may crash on the way out.
            Runtime.getRuntime().addShutdownHook(new Thread(ExecutorStudio::close, "inkstone-studio-close"));
        }
        return studio.lease(choice);
    }

    /** Ends what is at hand; a later lease opens another one. */
    static synchronized void close() {
        if (studio != null) {
            studio.close();
            studio = null;
        }
    }
}
