package io.inkstone.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.serve.JobRow.Kind;
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

    private final JobTable table;
    private final Drawings drawings;
    private final UploadShelf uploads;
    private final Map<String, AtWork> atWork = new ConcurrentHashMap<>();
    private final Optional<SharedQueue> shared;
    private final ExecutorService ending = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "inkstone-jobs");
        thread.setDaemon(true);
        return thread;
    });

    /** @param claims where several servers share the queue */
    Jobs(JobTable table, Drawings drawings, UploadShelf uploads, Optional<ClaimTable> claims) {
        this.table = table;
        this.drawings = drawings;
        this.uploads = uploads;
        shared = claims.map(each -> new SharedQueue(each, atWork, this::begin));
    }

    JobTable table() {
        return table;
    }

    /** Begins what an earlier server accepted and did not end, in the order in which it waited. */
    void takeUp() {
        uploads.keepOnly(table::knows);
        if (shared.isPresent()) {
            shared.get().start();
            return;
        }
        List<JobRow> open = table.open();
        open.forEach(this::begin);
        if (!open.isEmpty()) {
            LOG.info("Taken up again: {} jobs.", open.size());
        }
    }

    /** Takes a job that draws; from here on it is done, whatever happens to the server. */
    synchronized JobRow accept(ObjectNode said) {
        ImageRequest request = read(said).seeded();
        requireRoom();
        return accept(Kind.GENERATION, drawings.checked(request), request, said, Optional.empty());
    }

    /** The same of one that makes pictures of those that came with it. */
    synchronized JobRow accept(Kind kind, ObjectNode said, Uploads sent) {
        ImageRequest request = sent.meant(read(said), kind == Kind.EDIT).seeded();
        requireRoom();
        return accept(kind, drawings.checkedChange(request), request, said, Optional.of(sent));
    }

    private void requireRoom() {
        drawings.requireRoom();
        if (shared.isPresent()) {
            drawings.requireRoom(table.waiting().size());
        }
    }

    private static ImageRequest read(ObjectNode said) {
        ImageRequest read = ImageRequest.read(new RequestFields(said.deepCopy()));
        if (read.delivery().isStream()) {
            throw ApiError.invalid("stream", "A job is followed at /api/jobs/ID/events: leave out 'stream'.");
        }
        return read;
    }

    private JobRow accept(Kind kind, String model, ImageRequest request, ObjectNode said, Optional<Uploads> sent) {
        ObjectNode whole = said.deepCopy();
        whole.put("seed", request.seed().orElseThrow()).put("model", model).put("n", request.n());
        JobRow row = JobRow.accepted(UUID.randomUUID().toString(), kind, model, whole.toString());
        sent.ifPresent(pictures -> uploads.write(row.id(), pictures));
        table.add(row);
        beginOrShare(row);
        return row;
    }

    private void beginOrShare(JobRow row) {
        shared.ifPresentOrElse(SharedQueue::wake, () -> begin(row));
    }

    private void begin(JobRow row) {
        try {
            ImageRequest request =
                    ImageRequest.read(new RequestFields((ObjectNode) RequestFields.JSON.readTree(row.request())));
            AtWork work = begun(row, request);
            atWork.put(row.id(), work);
            work.made().whenCompleteAsync((made, failure) -> ended(row.id(), work, made, failure), ending);
        } catch (JsonProcessingException | RuntimeException failure) {
            fail(row.id(), failure);
        }
    }

    private AtWork begun(JobRow row, ImageRequest request) {
        if (row.kind() == Kind.GENERATION) {
            return drawings.draw(row.model(), request, Optional.of(PREVIEWS));
        }
        PictureChange change = new PictureChange(() -> uploads.read(row.id()), row.kind() == Kind.EDIT);
        return drawings.change(row.model(), request, change, Optional.of(PREVIEWS));
    }

    private void ended(String id, AtWork work, Made made, Throwable failure) {
        try {
            if (made != null) {
                table.done(id, drawings.written(work, made, Optional.of(id)));
            } else if (!work.job().state().equals(io.inkstone.studio.Job.State.CANCELLED)) {
                fail(id, failure);
            } // given up: by its owner, who wrote it down, or by the server's end, which leaves it queued
        } catch (RuntimeException unkept) {
            fail(id, unkept);
        } finally {
            atWork.remove(id, work);
            shared.ifPresent(SharedQueue::wake);
        }
    }

    private void fail(String id, Throwable failure) {
        ApiError told = Failures.of(failure);
        LOG.warn("The job {} failed: {}", id, told.getMessage());
        table.fail(id, told.getMessage());
    }

    /** Gives a job up, queued or running; false if it is over. */
    boolean cancel(String id) {
        boolean open = table.end(table.find(id).id(), State.CANCELLED, null);
        Optional.ofNullable(atWork.get(id)).ifPresent(work -> work.job().cancel());
        return open;
    }

    /** Does a job once more that failed or was given up; false for others. */
    synchronized boolean retry(String id) {
        JobRow row = table.find(id);
        requireRoom();
        if (!table.again(row.id())) {
            return false;
        }
        beginOrShare(row);
        return true;
    }

    /** Moves a job among those that wait, for this server and the next one; false where it waits no more. */
    synchronized boolean move(String id, int place) {
        if (shared.isPresent()) {
            return moveShared(table.find(id), place);
        }
        AtWork moved = atWork.get(table.find(id).id());
        if (moved == null || !drawings.move(moved.job(), place)) {
            return false;
        }
        table.order(row -> Optional.ofNullable(atWork.get(row.id()))
                .flatMap(work -> work.job().place())
                .orElse(-1));
        return true;
    }

    /** One that another server has already is moved no more. */
    private boolean moveShared(JobRow row, int place) {
        if (row.drawing().isPresent() && !atWork.containsKey(row.id())) {
            return false;
        }
        Optional.ofNullable(atWork.get(row.id())).ifPresent(work -> drawings.move(work.job(), place));
        return table.move(row.id(), place);
    }

    /** How many are begun before one that waits; empty where it waits no more. */
    Optional<Integer> place(JobRow row) {
        return shared.isPresent()
                ? Optional.of(table.waiting().indexOf(row.id())).filter(place -> place >= 0)
                : atWork(row.id()).flatMap(work -> work.job().place());
    }

    /** Forgets those that are over; what they drew stays in the gallery. */
    synchronized int clear() {
        int cleared = table.clear();
        uploads.keepOnly(table::knows);
        return cleared;
    }

    /** Gives up all that wait and do not run yet. */
    int cancelWaiting() {
        int given = 0;
        for (JobRow row : table.open()) {
            given += place(row).isPresent() && cancel(row.id()) ? 1 : 0;
        }
        return given;
    }

    /** What this process knows of a job that is open. */
    Optional<AtWork> atWork(String id) {
        return Optional.ofNullable(atWork.get(id));
    }

    /** Takes nothing more that others could do. */
    void stopTaking() {
        shared.ifPresent(SharedQueue::stop);
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
        shared.ifPresent(SharedQueue::close);
    }
}
