package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.studio.Job;
import io.inkstone.studio.Preview;
import io.javalin.http.Context;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Pictures on the way and pictures that are done, as the events of the image API. */
final class PictureStream {
    private static final long LOOK_MILLIS = 100;

    private final String kind;
    private final AtWork work;
    private final BlockingQueue<Preview> previews = new LinkedBlockingQueue<>();
    private final AtomicInteger lastStep = new AtomicInteger();
    private int shown;

    /** @param kind the first word of its events: {@code image_generation} or {@code image_edit} */
    PictureStream(String kind, AtWork work) {
        this.kind = kind;
        this.work = work;
        work.job().onProgress(this::stepped);
    }

    private void stepped(Job<?> job) {
        job.preview()
                .filter(preview -> lastStep.getAndSet(preview.step()) < preview.step())
                .ifPresent(previews::add);
    }

    /** Tells of the work until it is done. */
    void follow(Context ctx, Shared shared, Presence presence) throws Presence.LeftException {
        EventStream stream = new EventStream(ctx);
        while (true) {
            try {
                Shared.Answer answer = shared.answer().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                partial(stream);
                completed(stream, answer);
                return;
            } catch (TimeoutException notYet) {
                partial(stream);
                presence.require(ctx);
                stream.keepAlive();
            } catch (ExecutionException failed) {
                ObjectNode body = Failures.of(failed.getCause()).json();
                stream.event("error", body);
                return;
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                stream.event("error", new ApiError(ApiError.Kind.CLOSING, "The server is about to end.").json());
                return;
            }
        }
    }

    private void partial(EventStream stream) throws Presence.LeftException {
        int most = work.request().delivery().partials().orElse(0);
        for (Preview preview; (preview = previews.poll()) != null; ) {
            if (shown < most && preview.step() < work.stepsEach()) {
                ObjectNode body = body("partial_image");
                body.put("partial_image_index", shown++);
                body.put(
                        "b64_json",
                        Answers.base64(work.request()
                                .delivery()
                                .encoded(preview.pictures().get(0))));
                stream.event(kind + ".partial_image", body);
            }
        }
    }

    private void completed(EventStream stream, Shared.Answer answer) throws Presence.LeftException {
        for (int i = 0; i < answer.made().count(); i++) {
            ObjectNode body = body("completed");
            body.put("b64_json", Answers.base64(Answers.bytes(work.request().delivery(), answer.made(), i)));
            body.put("seed", work.request().seeds().get(i));
            Answers.usage(body);
            stream.event(kind + ".completed", body);
        }
    }

    private ObjectNode body(String what) {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        body.put("type", kind + "." + what);
        body.put("created_at", Answers.seconds());
        Answers.described(body, work);
        body.put("size", Answers.KNOWN_SIZES.contains(work.size()) ? work.size() : "auto");
        return body;
    }
}
