package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalInt;

/** What is answered instead of pictures: a status, and an object with the four keys that clients read. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Kinds by their status and code. */
    enum Kind {
        INVALID(400, "invalid_request_error", "invalid_value"),
        NO_KEY(401, "authentication_error", "invalid_api_key"),
        FORBIDDEN(403, "permission_error", "forbidden"),
        NOT_FOUND(404, "invalid_request_error", "not_found"),
        NO_MODEL(404, "invalid_request_error", "model_not_found"),
        TOO_SLOW(408, "invalid_request_error", "too_slow"),
        CONFLICT(409, "invalid_request_error", "conflict"),
        TOO_LARGE(413, "invalid_request_error", "too_large"),
        FULL(429, "rate_limit_error", "queue_full"),
        FAILED(500, "server_error", "internal_error"),
        NO_ROOM(503, "server_error", "no_memory"),
        CLOSING(503, "server_error", "closing"),
        NO_DATABASE(503, "server_error", "no_database"),
        NO_DISK(503, "server_error", "no_disk");

        private final int status;
        private final String type;
        private final String code;

        Kind(int status, String type, String code) {
            this.status = status;
            this.type = type;
            this.code = code;
        }

        int status() {
            return status;
        }
    }

    private final transient Kind kind;
    private final transient Optional<String> param;

    ApiError(Kind kind, String message) {
        this(kind, message, Optional.empty());
    }

    /** @param param the field that is wrong */
    ApiError(Kind kind, String message, Optional<String> param) {
        super(message, null, false, false);
        this.kind = kind;
        this.param = param;
    }

    static ApiError invalid(String param, String message) {
        return new ApiError(Kind.INVALID, message, Optional.of(param));
    }

    Kind kind() {
        return kind;
    }

    /** When to come again, in seconds; empty where that would not help. */
    OptionalInt retryAfter() {
        return switch (kind) {
            case FULL -> OptionalInt.of(5);
            case NO_ROOM, CLOSING, NO_DATABASE, NO_DISK -> OptionalInt.of(15);
            default -> OptionalInt.empty();
        };
    }

    ObjectNode json() {
        return json(kind.type, kind.code, getMessage(), param);
    }

    static ObjectNode json(String type, String code, String message, Optional<String> param) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error");
        error.put("message", message).put("type", type);
        param.ifPresentOrElse(name -> error.put("param", name), () -> error.putNull("param"));
        error.put("code", code);
        return body;
    }
}
