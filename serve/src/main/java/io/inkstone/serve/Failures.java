package io.inkstone.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.studio.NoRoomException;
import io.inkstone.studio.QueueFullException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong, as an {@link ApiError}: never with the status 200, never with what lies inside. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** Keys of wishes under the names that clients know. */
    private static final Map<String, String> FIELDS = Map.of(
            "guidance", "guidance_scale",
            "guidanceRescale", "guidance_rescale",
            "guidanceInterval", "guidance_interval",
            "negative", "negative_prompt",
            "negativePrompt", "negative_prompt",
            "labels", "prompt",
            "count", "n");

    private Failures() {}

    static void handledBy(RoutesConfig routes) {
        routes.exception(Exception.class, (failure, ctx) -> answer(ctx, of(failure)));
        routes.error(
                404,
                "*",
                ctx -> unanswered(ctx, ApiError.Kind.NOT_FOUND, Words.of("There is nothing at %s.", ctx.path())));
        routes.error(
                408,
                "*",
                ctx -> unanswered(ctx, ApiError.Kind.TOO_SLOW, "The body comes too slowly: send it at once."));
    }

    /** For what Javalin finds out by itself. */
    private static void unanswered(Context ctx, ApiError.Kind kind, String sentence) {
        if (ctx.attribute("answered") == null) {
            answer(ctx, new ApiError(kind, sentence));
        }
    }

    static void answer(Context ctx, ApiError error) {
        ctx.attribute("answered", true);
        error.retryAfter().ifPresent(seconds -> ctx.header("Retry-After", String.valueOf(seconds)));
        ctx.status(error.kind().status())
                .contentType("application/json")
                .result(error.json().toString());
    }

    /** The error that is told of a failure. */
    static ApiError of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ApiError told) {
            return told;
        }
        if (cause instanceof QueueFullException full) {
            return new ApiError(ApiError.Kind.FULL, full.getMessage());
        }
        if (cause instanceof NoRoomException full) {
            return new ApiError(ApiError.Kind.NO_ROOM, full.getMessage());
        }
        if (cause instanceof InputException wrong) {
            return new ApiError(ApiError.Kind.INVALID, wrong.getMessage(), param(wrong));
        }
        if (cause instanceof CancellationException) {
            return new ApiError(ApiError.Kind.CONFLICT, "The work was given up.");
        }
        if (cause instanceof Database.RefusedException) {
            LOG.error("The database refused.", cause);
            return new ApiError(
                    ApiError.Kind.NO_DATABASE,
                    "The database does not take this for the moment, the log says why: ask again later.");
        }
        if (cause instanceof PictureShelf.UnkeptException) {
            LOG.error("A file could not be written.", cause);
            return new ApiError(ApiError.Kind.NO_DISK, cause.getMessage());
        }
        if (cause instanceof JsonProcessingException) {
            return new ApiError(ApiError.Kind.INVALID, "The body is no JSON that can be read: send one JSON object.");
        }
        return ofTransport(cause);
    }

    private static ApiError ofTransport(Throwable cause) {
        int status = status(cause);
        if (status == ApiError.Kind.TOO_LARGE.status()) {
            return new ApiError(ApiError.Kind.TOO_LARGE, "The body is too large: send smaller pictures.");
        }
        if (status >= 400 && status < 500) {
            return new ApiError(ApiError.Kind.INVALID, "The request cannot be read: " + cause.getMessage());
        }
        LOG.error("A request failed.", cause);
        return new ApiError(
                ApiError.Kind.FAILED, "This failed inside the server; its log says more, beside this x-request-id.");
    }

    /** 0 where it is not about the request. */
    private static int status(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof HttpResponseException known) {
                return known.getStatus();
            }
            if (each instanceof HttpException known) {
                return known.getCode();
            }
        }
        return 0;
    }

    private static Optional<String> param(InputException wrong) {
        return wrong.keys().stream().findFirst().map(key -> FIELDS.getOrDefault(key, key));
    }
}
