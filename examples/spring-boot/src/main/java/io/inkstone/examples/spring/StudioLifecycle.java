package io.inkstone.examples.spring;

import io.inkstone.studio.Studio;
import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Readiness, and the way down: the web server stops taking requests and waits for those at hand, the studio finishes what it
 * accepted, and only then its bean is closed. A JVM must not exit while libtorch computes.
 */
@Component("studio-ready")
class StudioLifecycle implements SmartLifecycle, HealthIndicator {
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final Studio studio;
    private volatile boolean running;

    StudioLifecycle(Studio studio) {
        this.studio = studio;
    }

    @Override
    public Health health() {
        Health.Builder health = running ? Health.up() : Health.outOfService();
        return health.withDetail("waiting", studio.waiting().size())
                .withDetail("loadedMegabytes", studio.loadedMegabytes())
                .build();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            studio.finish(AT_MOST);
        } catch (InterruptedException given) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Begun before the web server and ended after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
