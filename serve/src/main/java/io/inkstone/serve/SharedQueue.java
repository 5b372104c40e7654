package io.inkstone.serve;

import io.inkstone.studio.Job;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This server's part in a queue of several. It says that it is there, takes jobs when it has none, and lets go of those that were
 * given up, or taken by others while it was away.
 */
final class SharedQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedQueue.class);
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_A_BEAT = 4;

    private final ClaimTable claims;
    private final Map<String, AtWork> atWork;
    private final Consumer<JobRow> begin;
    private final Thread thread;
    private boolean woken;
    private volatile boolean ending;
    private boolean silent;

    /**
     * @param atWork what this server is doing
     * @param begin what is to be done with a job that was taken
     */
    SharedQueue(ClaimTable claims, Map<String, AtWork> atWork, Consumer<JobRow> begin) {
        this.claims = claims;
        this.atWork = atWork;
        this.begin = begin;
        thread = new Thread(this::look, "inkstone-queue");
        thread.setDaemon(true);
    }

    void start() {
        claims.seen();
        thread.start();
    }

    /** There may be something to take. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    private synchronized void pause() throws InterruptedException {
        if (!woken) {
            wait(LOOK_MILLIS);
        }
        woken = false;
    }

    private void look() {
        long beats = 0;
        while (!ending) {
            try {
                if (beats++ % LOOKS_A_BEAT == 0) {
                    beat();
                }
                if (atWork.isEmpty() && !ending) {
                    claims.claim().forEach(begin);
                }
                pause();
            } catch (InterruptedException over) {
                return;
            } catch (RuntimeException refused) {
                told(false, refused);
                beats = 0;
                rest();
            }
        }
    }

    private void beat() {
        claims.seen();
        told(true, null);
        claims.giveUpHopeless();
        Map<String, AtWork> known = Map.copyOf(atWork);
        Set<String> held = known.isEmpty() ? Set.of() : claims.held();
        known.forEach((id, work) -> {
            if (!held.contains(id)) {
                work.job().cancel();
            } else if (work.job().state() == Job.State.RUNNING) {
                claims.progress(id, work.job().progress());
            }
        });
    }

    /** Once when the database goes away, and once when it is there again. */
    private void told(boolean there, Exception failure) {
        if (silent == there) {
            silent = !there;
            if (there) {
                LOG.info("The database answers again.");
            } else {
                LOG.warn("The database does not answer; what runs goes on, and it is asked again.", failure);
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes nothing more. */
    void stop() {
        ending = true;
        wake();
    }

    /** Hands back what is not done. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(5000);
            claims.leave();
        } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
        } catch (Database.RefusedException gone) {
            LOG.warn("The database does not answer: others take what was not done in a while.");
        }
    }
}
