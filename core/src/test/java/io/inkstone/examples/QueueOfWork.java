package io.inkstone.examples;

import io.inkstone.studio.Drawn;
import io.inkstone.studio.Job;
import io.inkstone.studio.Lease;
import io.inkstone.studio.Previews;
import io.inkstone.studio.Studio;
import io.inkstone.studio.StudioSettings;
import io.inkstone.studio.Turn;
import io.inkstone.wish.DrawWish;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many requests at once. The text below the imports stands in docs/studio.md, word for word. */
public final class QueueOfWork {
    private QueueOfWork() {}

    // docs: begin
    /** A picture of each class, by as many jobs, which the studio draws in one batch. */
    public static List<byte[]> draw(Path run) {
        try (Studio studio = Studio.of(StudioSettings.DEFAULT.withMostWaiting(100));
                Lease lease = studio.lease(run)) {
            List<Job<Drawn>> jobs = new ArrayList<>();
            for (String name : lease.classes()) {
                DrawWish wish =
                        DrawWish.builder().labels(List.of(name)).count(1).build();
                Job<Drawn> job = lease.draw(wish, Turn.USUAL.withPreviews(Previews.every(5)));
                job.onProgress(now -> System.out.println(name + " " + now.progress())); // now.preview(), now.cancel()
                jobs.add(job);
            }
            return jobs.stream().map(job -> job.join().png(0)).toList(); // or job.result(), a CompletableFuture
        }
    }
    // docs: end
}
