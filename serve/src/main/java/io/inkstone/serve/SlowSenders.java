package io.inkstone.serve;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses bodies that come too slowly, each by what it sends itself: whoever waits for one holds a thread. */
final class SlowSenders extends Handler.Wrapper {
    /** A connection may falter for a moment. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final long slowest;

    /** @param slowest bytes a second, on average from the beginning of the body */
    SlowSenders(long slowest) {
        this.slowest = slowest;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Measured(request), response, callback);
    }

    /** A request whose body is counted. Whoever reads it, reads or waits, one after the other. */
    private final class Measured extends Request.Wrapper {
        private final long began = System.nanoTime();
        private long bytes;
        private Content.Chunk refused;

        private Measured(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            if (refused != null) {
                return refused;
            }
            Content.Chunk chunk = super.read();
            if (chunk != null) {
                bytes += chunk.remaining();
            }
            return chunk;
        }

        @Override
        public void demand(Runnable ready) {
            long nanos = System.nanoTime() - began;
            if (bytes > 0 && nanos > GRACE_NANOS && bytes < nanos / 1e9 * slowest) {
                refused = Content.Chunk.from(new TimeoutException("The body comes too slowly."));
                ready.run();
            } else {
                super.demand(ready);
            }
        }
    }
}
