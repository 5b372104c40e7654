package io.inkstone.serve;

import io.inkstone.Choices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A job as the database has it.
 *
 * @param request its JSON, with its seed and its model
 * @param kind what work it is
 * @param error why it failed
 * @param created milliseconds since 1970; {@code ended} likewise
 * @param place among those that wait: the lower, the earlier
 * @param drawing who has it, where several servers share the queue
 */
record JobRow(
        String id,
        String model,
        String request,
        Kind kind,
        State state,
        Optional<String> error,
        long created,
        Optional<Long> ended,
        double place,
        Optional<Drawing> drawing) {
    static final String COLUMNS =
            "id, model, request, kind, state, error, created, ended, place, server, steps_done, steps";

    /**
     * How far another server is, where several share the queue.
     *
     * @param server that has it
     * @param done steps of {@code steps}; both 0 where it waits there
     */
    record Drawing(String server, int done, int steps) {}

    /** Where a job stands. What runs when a server ends is queued when it starts again. */
    enum State {
        QUEUED,
        DONE,
        FAILED,
        CANCELLED;

        String word() {
            return Choices.word(this);
        }
    }

    /** What is done: pictures drawn, or made of pictures that were sent. */
    enum Kind {
        GENERATION,
        EDIT,
        VARIATION;

        String word() {
            return Choices.word(this);
        }
    }

    /** One that is accepted now, behind all others. */
    static JobRow accepted(String id, Kind kind, String model, String request) {
        long now = System.currentTimeMillis();
        return new JobRow(
                id, model, request, kind, State.QUEUED, Optional.empty(), now, Optional.empty(), now, Optional.empty());
    }

    static JobRow of(ResultSet row) throws SQLException {
        long ended = row.getLong(8);
        String server = row.getString(10);
        Optional<Drawing> drawing =
                server == null ? Optional.empty() : Optional.of(new Drawing(server, row.getInt(11), row.getInt(12)));
        return new JobRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Choices.named(Kind.class, row.getString(4), "kind of job"),
                Choices.named(State.class, row.getString(5), "state of a job"),
                Optional.ofNullable(row.getString(6)),
                row.getLong(7),
                ended == 0 ? Optional.empty() : Optional.of(ended),
                row.getDouble(9),
                drawing);
    }
}
