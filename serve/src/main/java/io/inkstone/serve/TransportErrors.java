package io.inkstone.serve;

import io.inkstone.Words;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What the transport refuses before any route sees it, such as a line that is no HTTP, in the
 * same form as every other error.
 */
final class TransportErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable cause, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, body(status), callback);
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, "application/json");
        return body(status);
    }

    private static ByteBuffer body(int status) {
        boolean ours = status >= HttpStatus.INTERNAL_SERVER_ERROR_500;
        String json = ApiError.json(
                        ours ? "server_error" : "invalid_request_error",
                        ours ? "internal_error" : "transport",
                        sentence(status),
                        Optional.empty())
                .toString();
        return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String sentence(int status) {
        return switch (status) {
            case HttpStatus.URI_TOO_LONG_414 -> "The address is too long: send fields in the body.";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "The header is too large: send less of it.";
            default -> Words.of("The request cannot be read (%d %s).", status, HttpStatus.getMessage(status));
        };
    }
}
