package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.image.PictureBytes;
import io.inkstone.studio.Job;
import io.inkstone.studio.Preview;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** {@code /api/jobs}: jobs accepted, looked at by polling or by events, given up. A lost connection gives none up. */
final class JobsApi {
    private static final int MOST = 200;
    private static final long LOOK_MILLIS = 100;

    private final Jobs jobs;
    private final PictureShelf shelf;

    JobsApi(Jobs jobs, PictureShelf shelf) {
        this.jobs = jobs;
        this.shelf = shelf;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/jobs", this::accept);
        routes.get("/api/jobs", this::list);
        routes.get("/api/jobs/{id}", ctx -> Answers.json(ctx, json(jobs.find(ctx.pathParam("id")))));
        routes.post("/api/jobs/{id}/cancel", this::cancel);
        routes.get("/api/jobs/{id}/events", this::events);
        routes.get("/api/jobs/{id}/preview.png", this::preview);
    }

    private void accept(Context ctx) throws IOException {
        JobRow row = jobs.accept(RequestFields.ofJson(ctx).said());
        ctx.status(202).header("Location", "/api/jobs/" + row.id());
        Answers.json(ctx, json(row));
    }

    private void list(Context ctx) {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        var list = body.putArray("jobs");
        jobs.newest(MOST).forEach(row -> list.add(json(row)));
        Answers.json(ctx, body);
    }

    private void cancel(Context ctx) {
        String id = ctx.pathParam("id");
        if (!jobs.cancel(id)) {
            throw new ApiError(ApiError.Kind.CONFLICT, "This job is over already.");
        }
        Answers.json(ctx, json(jobs.find(id)));
    }

    private void preview(Context ctx) {
        Preview preview = jobs.atWork(jobs.find(ctx.pathParam("id")).id())
                .flatMap(work -> work.job().preview())
                .orElseThrow(() -> new ApiError(ApiError.Kind.NOT_FOUND, "This job shows nothing for the moment."));
        ctx.header("Cache-Control", "no-store").contentType("image/png");
        ctx.result(PictureBytes.png(preview.pictures().get(0), Map.of()));
    }

    private void events(Context ctx) throws Presence.LeftException, IOException, InterruptedException {
        String id = jobs.find(ctx.pathParam("id")).id();
        Presence presence = new Presence(ctx);
        try {
            EventStream stream = new EventStream(ctx);
            String last = "";
            while (true) {
                JobRow row = jobs.find(id);
                ObjectNode now = json(row);
                if (!now.toString().equals(last)) {
                    last = now.toString();
                    stream.event(row.state() == JobRow.State.QUEUED ? "progress" : "end", now);
                }
                if (row.state() != JobRow.State.QUEUED) {
                    return;
                }
                presence.require(ctx);
                stream.keepAlive();
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (Presence.LeftException left) {
            ctx.status(499); // the job goes on
        }
    }

    /** A job with all that is known of it now. */
    ObjectNode json(JobRow row) {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        Optional<Job<?>> job =
                row.state() == JobRow.State.QUEUED ? jobs.atWork(row.id()).map(AtWork::job) : Optional.empty();
        boolean running = job.filter(now -> now.state() != Job.State.QUEUED).isPresent();
        body.put("id", row.id());
        body.put("state", running ? "running" : row.state().word());
        body.put("model", row.model());
        body.put("created", row.created() / 1000);
        row.ended().ifPresent(time -> body.put("ended", time / 1000));
        row.error().ifPresent(why -> body.put("error", why));
        job.flatMap(Job::place).ifPresent(place -> body.put("place", place));
        job.ifPresent(now -> {
            body.put("steps_done", now.progress().done());
            body.put("steps", now.progress().all());
            now.preview().ifPresent(preview -> body.put("preview_step", preview.step()));
        });
        try {
            body.set("request", RequestFields.JSON.readTree(row.request()));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        var pictures = body.putArray("pictures");
        if (row.state() == JobRow.State.DONE) {
            shelf.of(row.id()).forEach(picture -> pictures.add(picture.json()));
        }
        return body;
    }
}
