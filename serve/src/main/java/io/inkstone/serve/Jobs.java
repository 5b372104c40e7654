package io.inkstone.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.serve.JobRow.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that outlive the request that asked for them, and the server too: accepted is what the database holds. A job's pictures and
 * its end are one transaction, and its files bear its own name, so that a job begun again after a kill is done once.
 */
final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int PREVIEWS = 12;

    private final Database database;
    private final Drawings drawings;
    private final Map<String, AtWork> atWork = new ConcurrentHashMap<>();
    private final ExecutorService ending = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "inkstone-jobs");
        thread.setDaemon(true);
        return thread;
    });

    Jobs(Database database, Drawings drawings) {
        this.database = database;
        this.drawings = drawings;
    }

    /** Begins what an earlier server accepted and did not end, in the order in which it came. */
    void takeUp() {
        List<JobRow> queued = database.rows(
                JobRow::of, "select " + JobRow.COLUMNS + " from job where state = 'queued' order by created, rowid");
        queued.forEach(this::begin);
        if (!queued.isEmpty()) {
            LOG.info("Taken up again: {} jobs.", queued.size());
        }
    }

    /** Takes a job; from here on it is done, whatever happens to the server. */
    synchronized JobRow accept(ObjectNode said) {
        ImageRequest read = ImageRequest.read(new RequestFields(said.deepCopy()));
        if (read.delivery().isStream()) {
            throw ApiError.invalid("stream", "A job is followed at /api/jobs/ID/events: leave out 'stream'.");
        }
        ImageRequest request = read.seeded();
        drawings.requireRoom();
        String model = drawings.checked(request);
        ObjectNode whole = said.deepCopy();
        whole.put("seed", request.seed().orElseThrow()).put("model", model);
        JobRow row = new JobRow(
                UUID.randomUUID().toString(),
                model,
                whole.toString(),
                State.QUEUED,
                Optional.empty(),
                System.currentTimeMillis(),
                Optional.empty());
        database.change(
                "insert into job (id, model, request, state, created) values (?, ?, ?, ?, ?)",
                row.id(),
                row.model(),
                row.request(),
                row.state().word(),
                row.created());
        begin(row);
        return row;
    }

    private void begin(JobRow row) {
        try {
            ImageRequest request =
                    ImageRequest.read(new RequestFields((ObjectNode) RequestFields.JSON.readTree(row.request())));
            AtWork work = drawings.draw(row.model(), request, Optional.of(PREVIEWS));
            atWork.put(row.id(), work);
            work.made().whenCompleteAsync((made, failure) -> ended(row.id(), work, made, failure), ending);
        } catch (JsonProcessingException | RuntimeException failure) {
            fail(row.id(), failure);
        }
    }

    private void ended(String id, AtWork work, Made made, Throwable failure) {
        try {
            if (made != null) {
                keep(id, work, made);
            } else if (!work.job().state().equals(io.inkstone.studio.Job.State.CANCELLED)) {
                fail(id, failure);
            } // given up: by its owner, who wrote it down, or by the server's end, which leaves it queued
        } catch (RuntimeException unkept) {
            fail(id, unkept);
        } finally {
            atWork.remove(id);
        }
    }

    private void keep(String id, AtWork work, Made made) {
        List<KeptPicture> kept = drawings.written(work, made, Optional.of(id));
        database.in(connection -> {
            int open = Database.change(
                    connection,
                    "update job set state = 'done', ended = ? where id = ? and state = 'queued'",
                    System.currentTimeMillis(),
                    id);
            if (open == 1) {
                for (KeptPicture picture : kept) {
                    PictureShelf.enter(connection, picture);
                }
            }
            return null;
        });
    }

    private void fail(String id, Throwable failure) {
        ApiError told = Failures.of(failure);
        LOG.warn("The job {} failed: {}", id, told.getMessage());
        end(id, State.FAILED, told.getMessage());
    }

    /** Whether it was open until now. */
    private boolean end(String id, State state, String error) {
        return database.change(
                        "update job set state = ?, error = ?, ended = ? where id = ? and state = 'queued'",
                        state.word(),
                        error,
                        System.currentTimeMillis(),
                        id)
                == 1;
    }

    /** Gives a job up, queued or running; false if it is over. */
    boolean cancel(String id) {
        boolean open = end(find(id).id(), State.CANCELLED, null);
        Optional.ofNullable(atWork.get(id)).ifPresent(work -> work.job().cancel());
        return open;
    }

    JobRow find(String id) {
        return database.rows(JobRow::of, "select " + JobRow.COLUMNS + " from job where id = ?", id).stream()
                .findFirst()
                .orElseThrow(() -> new ApiError(ApiError.Kind.NOT_FOUND, "There is no such job."));
    }

    /** The newest first. */
    List<JobRow> newest(int most) {
        return database.rows(
                JobRow::of, "select " + JobRow.COLUMNS + " from job order by created desc, rowid desc limit ?", most);
    }

    /** What this process knows of a job that is open. */
    Optional<AtWork> atWork(String id) {
        return Optional.ofNullable(atWork.get(id));
    }

    /** Waits until what is drawn is written down; to be called when the studio is closed. */
    @Override
    public void close() {
        ending.shutdown();
        try {
            if (!ending.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("Some jobs were not written down: they are done again.");
            }
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }
}
