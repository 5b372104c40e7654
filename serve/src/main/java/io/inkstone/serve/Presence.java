package io.inkstone.serve;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * Whether the client is still there while it waits. A server hears of an end only where it reads, and nobody reads while an
 * answer is made; so this looks at the connection between two waits, on the thread that will answer, when nothing else does.
 */
final class Presence {
    private static final long LOOK_MILLIS = 250;

    /** Whoever waits long is looked at more rarely: a thousand who wait would wake two cores four thousand times a second. */
    private static final long MOST_MILLIS = 1000;

    private final EndPoint connection;

    Presence(Context ctx) {
        connection = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    /** The client went away. */
    static final class LeftException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Waits for a result as long as the client waits. */
    <T> T await(CompletableFuture<T> result, Context ctx) throws LeftException {
        for (long millis = LOOK_MILLIS; ; millis = Math.min(MOST_MILLIS, 2 * millis)) {
            try {
                return result.get(millis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                require(ctx);
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof RuntimeException ours
                        ? ours
                        : new IllegalStateException(failed.getCause());
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                throw new ApiError(ApiError.Kind.CLOSING, "The server is about to end: ask again later.");
            }
        }
    }

    /** Looks once. */
    void require(Context ctx) throws LeftException {
        ByteBuffer early = ByteBuffer.allocate(1);
        early.limit(0); // Jetty's buffers are in flush mode: an empty one is filled
        try {
            int read = connection.fill(early);
            if (read < 0) {
                throw new LeftException();
            }
            if (read > 0) {
                // The next request came before this answer. Its first byte is read: it has to be sent again, elsewhere.
                ctx.header("Connection", "close");
            }
        } catch (IOException broken) {
            throw new LeftException();
        }
    }
}
