package io.inkstone.data.download;

import io.inkstone.Counted;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a server sends, read so that silence ends: a connection that brings a byte now and then goes on however slowly, one
 * that brings nothing at all for {@code silence} is an {@link HttpTimeoutException}.
 */
final class LivingBody implements AutoCloseable {
    private final InputStream body;
    private final Duration silence;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "inkstone-download");
        thread.setDaemon(true);
        return thread;
    });

    LivingBody(InputStream body, Duration silence) {
        this.body = body;
        this.silence = silence;
    }

    /** Bytes that were put into the buffer, or −1 at the end. */
    int read(byte[] buffer) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Future<Integer> reading = reader.submit(() -> body.read(buffer));
        try {
            return reading.get(silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            throw new HttpTimeoutException("Nothing came for " + Counted.of(silence.toSeconds(), "second"));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException(failure.getCause());
        }
    }

    /** Also ends a read that still waits. */
    @Override
    public void close() throws IOException {
        body.close();
        reader.shutdownNow();
    }
}
