package io.inkstone.serve;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The same request of the same client joins the work at hand instead of beginning it again: clients ask up to four times. Work
 * whose last client left is given up: at once where the client never asks again, else after a while.
 */
final class Joining implements AutoCloseable {
    /** Clients that ask again wait less than this before they do. */
    private static final Duration COMES_AGAIN = Duration.ofSeconds(10);

    private final Drawings drawings;
    private final Map<String, Shared> atHand = new HashMap<>();
    /** Files wait for the disk: several at once wait no longer. */
    private final ExecutorService keeping = Executors.newFixedThreadPool(8, work -> daemon(work, "inkstone-keeping"));

    private final ScheduledExecutorService later =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "inkstone-later"));

    Joining(Drawings drawings) {
        this.drawings = drawings;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What makes two requests the same: who asks, and everything that he says. */
    static String key(Context ctx, byte[]... said) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {
                ctx.path(), String.valueOf(ctx.queryString()), ctx.ip(), String.valueOf(ctx.header("Authorization"))
            }) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            for (byte[] part : said) {
                digest.update(part);
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The work at hand under this key, or that which {@code beginning} begins. */
    synchronized Shared join(String key, Supplier<AtWork> beginning) {
        Shared shared = atHand.get(key);
        if (shared != null && shared.joined()) {
            return shared;
        }
        drawings.requireRoom();
        Shared begun = new Shared(beginning.get(), drawings, keeping);
        atHand.put(key, begun);
        return begun;
    }

    /** Somebody has what he waited for. */
    void served(String key, Shared shared) {
        shared.left(Duration.ZERO);
        forget(key, shared);
    }

    /** Somebody went away before. */
    void left(String key, Shared shared, boolean asksAgain) {
        shared.left(asksAgain ? COMES_AGAIN : Duration.ZERO).ifPresent(patience -> {
            if (patience.isZero()) {
                giveUp(key, shared);
            } else {
                later.schedule(() -> giveUp(key, shared), patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    private void giveUp(String key, Shared shared) {
        if (shared.giveUpUnlessWanted()) {
            forget(key, shared);
        }
    }

    private synchronized void forget(String key, Shared shared) {
        atHand.remove(key, shared);
    }

    /** Waits until what was drawn is kept. */
    @Override
    public void close() {
        later.shutdownNow();
        keeping.shutdown();
        try {
            if (!keeping.awaitTermination(10, TimeUnit.SECONDS)) {
                keeping.shutdownNow();
            }
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }
}
