package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.studio.Studio;
import io.inkstone.studio.StudioSettings;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JettyConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server at work: opened runs, queue, database and HTTP, from {@link #start} to {@link #close}. */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final long MOST_JSON = 16L << 20;
    private static final int VIRTUAL_THREADS_SINCE = 21;

    /** Clients that send fewer bytes a second than this are not waited for. */
    private static final long SLOWEST = 64;

    /** Threads beside those that wait in the queue. */
    private static final int FURTHER_THREADS = 250;

    /** Files of a folder that several servers share may be half written for so long. */
    private static final Duration YOUNG = Duration.ofHours(1);

    /** What runs when the server is told to end may take so long. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ServeSettings settings;
    private final FolderLock lock;
    private final Database database;
    private final Studio studio;
    private final Drawings drawings;
    private final Joining joining;
    private final Jobs jobs;
    private final Trainings trainings;
    private final Measures measures;
    private final Javalin http;

    private Server(ServeSettings settings) {
        Access access = Access.of(settings.keyFile());
        this.settings = settings;
        lock = FolderLock.of(settings);
        database = settings.database()
                .map(Database::connect)
                .orElseGet(() -> Database.open(settings.data().resolve("inkstone.db")));
        Duration young = database.isShared() ? YOUNG : Duration.ZERO;
        String name = UUID.randomUUID().toString();
        // What an earlier server accepted waits beside what this one accepts.
        studio = Studio.of(StudioSettings.DEFAULT.withMostWaiting(4 * settings.queue() + 1000));
        Models models = new Models(studio, settings);
        PictureShelf shelf = new PictureShelf(settings.data().resolve("pictures"), database);
        shelf.clean(young);
        drawings = new Drawings(studio, models, shelf, settings.queue());
        joining = new Joining(drawings);
        jobs = new Jobs(
                new JobTable(database, name),
                drawings,
                new UploadShelf(settings.data().resolve("uploads"), young),
                database.isShared() ? Optional.of(new ClaimTable(database, name)) : Optional.empty());
        trainings = new Trainings(database, settings.data().resolve("trainings"));
        measures = new Measures(studio, drawings);
        http = Javalin.create(config -> configure(config, access, shelf));
    }

    /** Opens everything and listens. */
    public static Server start(ServeSettings settings) {
        Server server = new Server(settings);
        server.takeUp();
        try {
            server.http.start(settings.address().host(), settings.address().port());
        } catch (io.javalin.util.JavalinException taken) {
            server.close();
            throw new InputException(
                    Words.of(
                            "Port %d of %s is taken, or may not be used: choose another one with --port.",
                            settings.address().port(), settings.address().host()),
                    taken);
        }
        return server;
    }

    /** Goes on with what earlier servers left. */
    private void takeUp() {
        try {
            database.opened();
        } catch (InputException cannot) {
            studio.close();
            lock.close();
            throw cannot;
        }
        trainings.adopt();
        jobs.takeUp();
    }

    private void configure(JavalinConfig config, Access access, PictureShelf shelf) {
        config.startup.showJavalinBanner = false;
        config.concurrency.useVirtualThreads = Runtime.version().feature() >= VIRTUAL_THREADS_SINCE;
        if (!config.concurrency.useVirtualThreads) {
            // Whoever waits for a picture holds a thread: as many may wait as the queue holds, and others are answered
            // meanwhile.
            config.jetty.threadPool = new QueuedThreadPool(FURTHER_THREADS + 2 * settings.queue(), 8);
        }
        config.http.maxRequestSize = MOST_JSON;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        transport(config.jetty);
        config.staticFiles.add(files -> {
            files.directory = "/io/inkstone/serve/page";
            files.location = Location.CLASSPATH;
            files.headers = PageHeaders.ALL;
        });
        routes(config.routes, access, shelf);
    }

    private void transport(JettyConfig jetty) {
        jetty.multipartConfig.maxFileSize(50, SizeUnit.MB);
        jetty.multipartConfig.maxTotalRequestSize(200, SizeUnit.MB);
        jetty.multipartConfig.maxInMemoryFileSize(1, SizeUnit.MB);
        jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        jetty.modifyServer(server -> {
            server.setHandler(new SlowSenders(SLOWEST));
            server.setErrorHandler(new TransportErrors());
        });
        jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(settings.address().host());
            connector.setPort(settings.address().port());
            connector.setIdleTimeout(settings.idle().toMillis());
            return connector;
        });
    }

    private void routes(RoutesConfig routes, Access access, PictureShelf shelf) {
        routes.before(ctx -> begun(ctx, access));
        routes.after(this::done);
        Failures.handledBy(routes);
        routes.get("/healthz", ctx -> ctx.result("ok\n"));
        routes.get("/readyz", this::ready);
        routes.get("/metrics", measures::page);
        new ImageApi(drawings, joining).addTo(routes);
        new JobsApi(jobs, shelf).addTo(routes);
        OpenApi.addTo(routes);
        new ExploreApi(drawings).addTo(routes);
        new SdApi(drawings, joining).addTo(routes);
        new GalleryApi(shelf).addTo(routes);
        new RunsApi(drawings.models(), trainings).addTo(routes);
        new EvaluationsApi(drawings.models()).addTo(routes);
        new TrainingApi(settings, drawings.models(), trainings).addTo(routes);
    }

    private void begun(Context ctx, Access access) {
        ctx.attribute("began", System.nanoTime());
        String id = UUID.randomUUID().toString();
        ctx.header("x-request-id", id);
        ctx.header("X-Content-Type-Options", "nosniff");
        access.require(ctx);
    }

    private void done(Context ctx) {
        Long began = ctx.attribute("began");
        if (began != null) {
            Duration time = Duration.ofNanos(System.nanoTime() - began);
            measures.answered(ctx, ctx.endpoint().path, time);
            LOG.debug("{} {} {} {} ms", ctx.method(), ctx.path(), ctx.statusCode(), time.toMillis());
        }
    }

    private void ready(Context ctx) {
        if (drawings.isClosing()) {
            throw new ApiError(ApiError.Kind.CLOSING, "The server is about to end.");
        }
        ctx.result("ready\n");
    }

    /** Every route, as {@code GET /api/runs}; for the test that holds the document against them. */
    java.util.List<String> routes() {
        return http.unsafe.internalRouter.allHttpHandlers().stream()
                .map(each -> each.endpoint.method.name() + " " + each.endpoint.path)
                .toList();
    }

    /** Where it listens, {@code http://127.0.0.1:7860}. */
    public String address() {
        String host = settings.address().host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + http.port();
    }

    /** Accepts nothing more, lets what runs end for a while, and leaves the rest in the database for the next start. */
    @Override
    public void close() {
        close(GRACE);
    }

    void close(Duration grace) {
        drawings.close();
        jobs.stopTaking();
        trainings.close();
        try {
            studio.finish(grace);
        } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
        }
        studio.close();
        jobs.close();
        joining.close();
        drawings.closeRows();
        http.stop();
        measures.close();
        database.close();
        lock.close();
    }
}
