package io.inkstone.data.download;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.time.Duration;

/** The sentence for each way in which a fetch ends too early. */
final class BrokenFetch {
    private BrokenFetch() {}

    static InputException unreachable(RemoteFile file, IOException e) {
        String host = file.address().getHost();
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new InputException(
                Words.of(
                        "%s cannot be reached (%s): is there a network? Without one, fetch %s elsewhere and put it into the folder.",
                        host, reason, file.address()),
                e);
    }

    static InputException interrupted(RemoteFile file, Exception cause) {
        return new InputException(
                Words.of("The download of %s was interrupted; what came is kept, call it again to go on.", file.name()),
                cause);
    }

    static InputException cutOff(RemoteFile file, IOException cause) {
        String reason = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
        return new InputException(
                Words.of(
                        "The connection broke while %s was fetched%s; what came is kept, call it again to go on.",
                        file.name(), reason),
                cause);
    }

    static InputException silent(RemoteFile file, Duration silence, IOException cause) {
        return new InputException(
                Words.of(
                        "Nothing came for %s while %s was fetched; what came is kept, call it again to go on.",
                        Counted.of(silence.toSeconds(), "second"), file.name()),
                cause);
    }
}
