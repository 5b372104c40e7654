package io.inkstone.studio;

import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.wish.DrawWish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where trained runs are used: each loaded once and shared under {@link Lease}s, all work on one queue that owns the cores. Safe
 * from any thread; one in a process is enough.
 *
 * <pre>{@code
 * try (Studio studio = Studio.open(run)) {
 *     Files.write(file, studio.draw(DrawWish.builder().labels("hat").count(1).build()).png(0));
 * }
 * }</pre>
 */
public final class Studio implements AutoCloseable {
    private final OpenRuns runs;
    private final WorkQueue queue;
    private final Worker worker;
    private final Optional<Lease> own;

    private Studio(StudioSettings settings, Supplier<OptionalLong> freeMegabytes, Optional<RunChoice> first) {
        runs = new OpenRuns(settings, freeMegabytes);
        queue = new WorkQueue(settings.mostWaiting());
        own = first.map(this::lease);
        worker = new Worker(queue, runs);
    }

    /** A studio without a run of its own: take leases. */
    public static Studio of(StudioSettings settings) {
        return new Studio(settings, ProcessMemory::availableMegabytes, Optional.empty());
    }

    /** For tests of short memory. */
    static Studio of(StudioSettings settings, Supplier<OptionalLong> freeMegabytes) {
        return new Studio(settings, freeMegabytes, Optional.empty());
    }

    /** A studio that draws from one run, whose averaged weights of the latest checkpoint are loaded now. */
    public static Studio open(Path run) {
        return open(RunChoice.of(run));
    }

    /** The same with other weights, device or precision. */
    public static Studio open(RunChoice run) {
        return new Studio(StudioSettings.DEFAULT, ProcessMemory::availableMegabytes, Optional.of(run));
    }

    /** The averaged weights of the latest checkpoint of a run. */
    public Lease lease(Path run) {
        return lease(RunChoice.of(run));
    }

    /**
     * An opened run, loaded unless it is; close the lease after its last use.
     *
     * @throws NoRoomException if it does not fit into memory beside those that are in use
     */
    public Lease lease(RunChoice run) {
        return new Lease(this, runs.take(run), run);
    }

    /** The run that this studio was opened with; belongs to the studio. */
    public Lease run() {
        return own.orElseThrow(() -> new IllegalStateException(
                "This studio was opened without a run of its own: take a lease, studio.lease(run)."));
    }

    /** Draws from the studio's own run and waits; {@code run().draw(…)} does not wait. */
    public Drawn draw(DrawWish wish) {
        return run().draw(wish).join();
    }

    /** The same for a request of one's own making. */
    public Drawn draw(GenerationRequest request) {
        return run().draw(request, Turn.USUAL).join();
    }

    <T> Job<T> submit(OpenRun run, long steps, Function<Job<T>, Task<T>> task) {
        runs.retain(run);
        try {
            Job<T> job = new Job<>(queue, steps, () -> runs.release(run));
            queue.add(task.apply(job));
            return job;
        } catch (RuntimeException refused) {
            runs.release(run);
            throw refused;
        }
    }

    void givenBack(OpenRun run) {
        runs.release(run);
    }

    /** Jobs that wait, the next one first. */
    public List<Job<?>> waiting() {
        return queue.jobs();
    }

    /** Moves a waiting job to {@code place}, from 0, among those of its priority; false if it waits no more. */
    public boolean move(Job<?> job, int place) {
        return queue.move(job, place);
    }

    /** Batches and other pieces of work begun so far. */
    public long pieces() {
        return worker.pieces();
    }

    /** Runs that are loaded, in use or idle. */
    public int loadedRuns() {
        return runs.size();
    }

    /** Megabytes of their weights, prepared copies included. */
    public long loadedMegabytes() {
        return runs.loadedMegabytes();
    }

    /** Accepts nothing more, and waits at most so long until all that was accepted is done. Close it afterwards in any case. */
    public boolean finish(Duration atMost) throws InterruptedException {
        queue.close();
        return queue.awaitIdle(atMost.toMillis());
    }

    static IllegalStateException isClosed() {
        return new IllegalStateException("This studio is closed, or about to be: open another one.");
    }

    /** Gives up what waits and what is at hand, waits for the step at hand, and unloads the runs. A second time does nothing. */
    @Override
    public void close() {
        worker.requireElsewhere();
        queue.close();
        queue.cancelAll();
        worker.join();
        own.ifPresent(Lease::close);
        runs.close();
    }
}
