package io.inkstone.examples.spring;

import io.inkstone.InputException;
import io.inkstone.studio.Drawn;
import io.inkstone.studio.Job;
import io.inkstone.studio.QueueFullException;
import io.inkstone.studio.Studio;
import io.inkstone.wish.DrawWish;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests that arrive together are drawn in one batch, and no thread of the server waits for them. */
@RestController
class PictureController {
    private static final int MOST_SECONDS = 60;

    private final Studio studio;

    PictureController(Studio studio) {
        this.studio = studio;
    }

    @GetMapping(path = "/picture", produces = MediaType.IMAGE_PNG_VALUE)
    CompletableFuture<byte[]> picture(@RequestParam String label, @RequestParam(defaultValue = "0") long seed) {
        DrawWish wish = DrawWish.builder().labels(label).count(1).seed(seed).build();
        Job<Drawn> job = studio.run().draw(wish);
        return job.result()
                .orTimeout(MOST_SECONDS, TimeUnit.SECONDS)
                .whenComplete((drawn, failure) -> job.cancel()) // does nothing to what is done
                .thenApply(drawn -> drawn.png(0));
    }

    /** A sentence that says what was wrong and what to do. */
    @ExceptionHandler(InputException.class)
    ProblemDetail wrong(InputException wrong) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, wrong.getMessage());
    }

    @ExceptionHandler(QueueFullException.class)
    ProblemDetail full(QueueFullException full) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, full.getMessage());
    }
}
