package io.inkstone.serve;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A job as the database has it.
 *
 * @param request its JSON, with its seed and its model
 * @param error why it failed
 * @param created milliseconds since 1970; {@code ended} likewise
 */
record JobRow(
        String id,
        String model,
        String request,
        State state,
        Optional<String> error,
        long created,
        Optional<Long> ended) {
    static final String COLUMNS = "id, model, request, state, error, created, ended";

    /** Where a job stands. What runs when a server ends is queued when it starts again. */
    enum State {
        QUEUED,
        DONE,
        FAILED,
        CANCELLED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static JobRow of(ResultSet row) throws SQLException {
        long ended = row.getLong(7);
        return new JobRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                State.valueOf(row.getString(4).toUpperCase(java.util.Locale.ROOT)),
                Optional.ofNullable(row.getString(5)),
                row.getLong(6),
                ended == 0 ? Optional.empty() : Optional.of(ended));
    }
}
