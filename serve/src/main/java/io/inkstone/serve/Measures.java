package io.inkstone.serve;

import io.inkstone.studio.Studio;
import io.javalin.http.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** What is counted, for Prometheus. */
final class Measures implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Measures(Studio studio, Drawings drawings) {
        Gauge.builder("inkstone.jobs.waiting", studio, now -> now.waiting().size())
                .description("Jobs that wait for their turn.")
                .register(registry);
        Gauge.builder("inkstone.runs.loaded", studio, Studio::loadedRuns).register(registry);
        Gauge.builder("inkstone.runs.loaded.megabytes", studio, Studio::loadedMegabytes)
                .register(registry);
        FunctionCounter.builder("inkstone.pictures.drawn", drawings, Drawings::drawn)
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
    }

    /** A request was answered; told by its route, so that ids make no names of their own. */
    void answered(Context ctx, String route, Duration time) {
        registry.timer("inkstone.http", "route", route, "status", String.valueOf(ctx.statusCode()))
                .record(time);
    }

    void page(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
    }

    @Override
    public void close() {
        registry.close();
    }
}
