package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.image.PictureBytes;
import io.inkstone.studio.Job;
import io.inkstone.studio.Preview;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
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
        routes.get("/api/jobs/{id}", ctx -> Answers.json(ctx, json(jobs.table().find(ctx.pathParam("id")))));
        routes.post("/api/jobs/edits", ctx -> acceptChange(ctx, JobRow.Kind.EDIT));
        routes.post("/api/jobs/variations", ctx -> acceptChange(ctx, JobRow.Kind.VARIATION));
        routes.post("/api/jobs/clear", this::clear);
        routes.post("/api/jobs/{id}/cancel", this::cancel);
        routes.post("/api/jobs/{id}/retry", this::retry);
        routes.post("/api/jobs/{id}/move", this::move);
        routes.get("/api/jobs/{id}/events", this::events);
        routes.get("/api/jobs/{id}/preview.png", this::preview);
    }

    private void accept(Context ctx) throws IOException {
        accepted(ctx, jobs.accept(RequestFields.ofJson(ctx).said()));
    }

    private void acceptChange(Context ctx, JobRow.Kind kind) throws IOException {
        ObjectNode texts = RequestFields.JSON.createObjectNode();
        Uploads uploads = Uploads.read(ctx, texts);
        uploads.require();
        accepted(ctx, jobs.accept(kind, RequestFields.ofForm(texts, ctx).said(), uploads));
    }

    private void accepted(Context ctx, JobRow row) {
        ctx.status(202).header("Location", "/api/jobs/" + row.id());
        Answers.json(ctx, json(row));
    }

    private void retry(Context ctx) {
        String id = ctx.pathParam("id");
        if (!jobs.retry(id)) {
            throw new ApiError(ApiError.Kind.CONFLICT, "Only a job that failed or was given up is done once more.");
        }
        accepted(ctx, jobs.table().find(id));
    }

    private void move(Context ctx) throws IOException {
        RequestFields fields = RequestFields.ofJson(ctx);
        int place = fields.whole("place", 0, 1_000_000)
                .orElseThrow(() -> ApiError.invalid("place", "Say the 'place' in the queue, from 0."));
        fields.requireKnown();
        String id = ctx.pathParam("id");
        if (!jobs.move(id, place)) {
            throw new ApiError(ApiError.Kind.CONFLICT, "This job waits no more.");
        }
        Answers.json(ctx, json(jobs.table().find(id)));
    }

    /** Forgets those that are over, or gives up those that wait. */
    private void clear(Context ctx) throws IOException {
        RequestFields fields = RequestFields.ofJson(ctx);
        boolean waiting = fields.choice("what", List.of("ended", "waiting"))
                .filter("waiting"::equals)
                .isPresent();
        fields.requireKnown();
        int cleared = waiting ? jobs.cancelWaiting() : jobs.clear();
        Answers.json(ctx, RequestFields.JSON.createObjectNode().put("cleared", cleared));
    }

    private void list(Context ctx) {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        var list = body.putArray("jobs");
        Map<String, List<KeptPicture>> pictures = shelf.ofNewest(MOST);
        jobs.table().newest(MOST).forEach(row -> list.add(json(row, pictures.getOrDefault(row.id(), List.of()))));
        Answers.json(ctx, body);
    }

    private void cancel(Context ctx) {
        String id = ctx.pathParam("id");
        if (!jobs.cancel(id)) {
            throw new ApiError(ApiError.Kind.CONFLICT, "This job is over already.");
        }
        Answers.json(ctx, json(jobs.table().find(id)));
    }

    private void preview(Context ctx) {
        Preview preview = jobs.atWork(jobs.table().find(ctx.pathParam("id")).id())
                .flatMap(work -> work.job().preview())
                .orElseThrow(() -> new ApiError(ApiError.Kind.NOT_FOUND, "This job shows nothing for the moment."));
        ctx.header("Cache-Control", "no-store").contentType("image/png");
        ctx.result(PictureBytes.png(preview.pictures().get(0), Map.of()));
    }

    private void events(Context ctx) throws Presence.LeftException, IOException, InterruptedException {
        String id = jobs.table().find(ctx.pathParam("id")).id();
        Presence presence = new Presence(ctx);
        try {
            EventStream stream = new EventStream(ctx);
            String last = "";
            while (true) {
                JobRow row = jobs.table().find(id);
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
        return json(row, row.state() == JobRow.State.DONE ? shelf.of(row.id()) : List.of());
    }

    private ObjectNode json(JobRow row, List<KeptPicture> drawn) {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        Optional<Job<?>> job =
                row.state() == JobRow.State.QUEUED ? jobs.atWork(row.id()).map(AtWork::job) : Optional.empty();
        Optional<JobRow.Drawing> elsewhere =
                row.state() == JobRow.State.QUEUED && job.isEmpty() ? row.drawing() : Optional.empty();
        boolean running = job.filter(now -> now.state() != Job.State.QUEUED).isPresent()
                || elsewhere.filter(now -> now.steps() > 0).isPresent();
        body.put("id", row.id());
        body.put("state", running ? "running" : row.state().word());
        body.put("kind", row.kind().word());
        body.put("model", row.model());
        body.put("created", row.created() / 1000);
        row.ended().ifPresent(time -> body.put("ended", time / 1000));
        row.error().ifPresent(why -> body.put("error", why));
        if (row.state() == JobRow.State.QUEUED && !running) {
            jobs.place(row).ifPresent(place -> body.put("place", place));
        }
        elsewhere.filter(now -> now.steps() > 0).ifPresent(now -> body.put("steps_done", now.done())
                .put("steps", now.steps()));
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
        drawn.forEach(picture -> pictures.add(picture.json()));
        return body;
    }
}
