package io.inkstone.serve;

import io.inkstone.Words;
import io.inkstone.models.Generates;
import io.inkstone.studio.Drawn;
import io.inkstone.studio.Job;
import io.inkstone.studio.Lease;
import io.inkstone.studio.Previews;
import io.inkstone.studio.Studio;
import io.inkstone.studio.Turn;
import io.inkstone.wish.DrawWish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Requests into jobs of the studio, and what they drew onto the shelf. */
final class Drawings {
    private final Studio studio;
    private final Models models;
    private final PictureShelf shelf;
    private final RowsTogether rows;
    private final int most;
    private final AtomicLong drawn = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();

    Drawings(Studio studio, Models models, PictureShelf shelf, int most) {
        this.studio = studio;
        this.models = models;
        this.shelf = shelf;
        rows = new RowsTogether(shelf);
        this.most = most;
    }

    Models models() {
        return models;
    }

    /** Pictures drawn since the start. */
    long drawn() {
        return drawn.get();
    }

    /** Nothing more is accepted. */
    void close() {
        closing.set(true);
    }

    boolean isClosing() {
        return closing.get();
    }

    /** Refuses where as much waits as may. */
    void requireRoom() {
        if (closing.get()) {
            throw new ApiError(ApiError.Kind.CLOSING, "The server is about to end: ask again later.");
        }
        requireRoom(studio.waiting().size());
    }

    /** Refuses where so many wait that one more may not. */
    void requireRoom(int waiting) {
        if (waiting >= most) {
            throw new ApiError(
                    ApiError.Kind.FULL, Words.of("The queue is full: %d jobs wait already. Ask again later.", most));
        }
    }

    /** Refuses what the model cannot draw, without drawing it. Gives back the model's name. */
    String checked(ImageRequest request) {
        String name = models.meant(request.model());
        try (Lease lease = models.lease(name)) {
            Generates model = lease.run().generates();
            DrawWish wish = request.seeded().wish(model);
            model.requirePossible(wish.request(model));
        }
        return name;
    }

    /** The same for a request that changes pictures. */
    String checkedChange(ImageRequest request) {
        String name = models.meant(request.model());
        try (Lease lease = models.lease(name)) {
            request.drawing(lease.run().generates());
            lease.bench().editing(); // refuses models that cannot
        }
        return name;
    }

    /** Moves a job that waits; false if it waits no more. */
    boolean move(Job<?> job, int place) {
        return studio.move(job, place);
    }

    /** @param previews at equal distances on a way of {@code steps}; empty for none */
    private static Turn turn(Optional<Integer> previews, int steps) {
        return previews.filter(number -> number > 0)
                .map(number -> Turn.USUAL.withPreviews(new Previews(1, Math.max(1, steps / (number + 1)))))
                .orElse(Turn.USUAL);
    }

    /** Begins to draw. */
    AtWork draw(String name, ImageRequest request, Optional<Integer> previews) {
        try (Lease lease = models.lease(name)) {
            Generates model = lease.run().generates();
            DrawWish wish = request.wish(model);
            int steps = model.steps(wish.sampling().options());
            Job<Drawn> job = lease.draw(wish, turn(previews, steps));
            String size = PictureSize.of(request.size(), model).words();
            return new AtWork(job, job.result().thenApply(Made::of), name, request, size, steps);
        }
    }

    /** Begins to change pictures. */
    AtWork change(String name, ImageRequest request, PictureChange change, Optional<Integer> previews) {
        try (Lease lease = models.lease(name)) {
            Generates model = lease.run().generates();
            request.drawing(model);
            int steps = change.steps(lease.bench(), request); // refuses models that cannot
            Job<Made> job = lease.submit(
                    turn(previews, steps),
                    (long) steps * request.n(),
                    (bench, told) -> Made.of(
                            bench.saved().model().pictures(),
                            change.of(bench, request),
                            request.prompt().orElse("")));
            return new AtWork(
                    job,
                    job.result(),
                    name,
                    request,
                    PictureSize.of(request.size(), model).words(),
                    steps);
        }
    }

    /** Writes the files; the rows are the caller's, so that they can be of one transaction with others. */
    List<KeptPicture> written(AtWork work, Made made, Optional<String> job) {
        String group = job.orElseGet(() -> UUID.randomUUID().toString());
        long now = System.currentTimeMillis();
        List<KeptPicture> kept = new ArrayList<>();
        for (int i = 0; i < made.count(); i++) {
            ImageRequest request = work.request();
            KeptPicture picture = new KeptPicture(
                    group + "-" + i,
                    job,
                    i,
                    work.model(),
                    request.context().or(request::prompt).orElse(""),
                    request.seed().orElseThrow() + i,
                    made.picture().apply(i).width(),
                    made.picture().apply(i).height(),
                    now);
            shelf.write(picture, made.png().apply(i));
            kept.add(picture);
        }
        drawn.addAndGet(made.count());
        return kept;
    }

    /** Files and rows; done when both are on the disk. */
    CompletableFuture<List<KeptPicture>> kept(AtWork work, Made made) {
        return rows.enter(written(work, made, Optional.empty()));
    }

    /** Waits for the rows that are not written yet. */
    void closeRows() {
        rows.close();
    }
}
