package io.inkstone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events, written by hand on the thread of the request. */
final class EventStream {
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final OutputStream out;
    private long said = System.nanoTime();

    EventStream(Context ctx) throws Presence.LeftException {
        ctx.res().setContentType("text/event-stream");
        ctx.res().setCharacterEncoding("utf-8");
        ctx.res().setHeader("Cache-Control", "no-store");
        ctx.res().setHeader("X-Accel-Buffering", "no");
        try {
            out = ctx.res().getOutputStream();
        } catch (IOException gone) {
            throw new Presence.LeftException();
        }
        write(": here\n\n");
    }

    void event(String name, JsonNode data) throws Presence.LeftException {
        write("event: " + name + "\ndata: " + data + "\n\n");
    }

    /** A comment where nothing was said for long, so that nobody in between takes the connection for dead. */
    void keepAlive() throws Presence.LeftException {
        if (System.nanoTime() - said > QUIET_NANOS) {
            write(": at work\n\n");
        }
    }

    private void write(String text) throws Presence.LeftException {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            said = System.nanoTime();
        } catch (IOException gone) {
            throw new Presence.LeftException();
        }
    }
}
