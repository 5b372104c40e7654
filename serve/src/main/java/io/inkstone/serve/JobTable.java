package io.inkstone.serve;

import io.inkstone.serve.JobRow.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Jobs in the database: what was accepted, in which order, and how it ended. */
final class JobTable {
    private static final String SELECT = "select " + JobRow.COLUMNS + " from job ";
    private static final String MINE = " and (server is null or server = ?)";

    private final Database database;
    private final String server;

    /** @param server the name of this one among those that share the database */
    JobTable(Database database, String server) {
        this.database = database;
        this.server = server;
    }

    String server() {
        return server;
    }

    void add(JobRow row) {
        database.change(
                "insert into job (id, model, request, kind, state, created, place) values (?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.model(),
                row.request(),
                row.kind().word(),
                row.state().word(),
                row.created(),
                row.place());
    }

    /** Those that are not over, in the order in which they are to be done. */
    List<JobRow> open() {
        return database.rows(JobRow::of, SELECT + "where state = 'queued' order by place, id");
    }

    /** Names of those that nobody draws yet, in their order, where several servers share the queue. */
    List<String> waiting() {
        return database.rows(
                row -> row.getString(1),
                "select id from job where state = 'queued' and steps is null order by place, id");
    }

    /** Moves one among those that nobody draws yet; false where it is none of them. */
    boolean move(String id, int place) {
        List<String> order = new ArrayList<>(waiting());
        if (!order.remove(id)) {
            return false;
        }
        order.add(Math.min(place, order.size()), id);
        order(row -> order.indexOf(row.id()));
        return true;
    }

    /** The newest first. */
    List<JobRow> newest(int most) {
        return database.rows(JobRow::of, SELECT + "order by created desc, id limit ?", most);
    }

    JobRow find(String id) {
        return database.rows(JobRow::of, SELECT + "where id = ?", id).stream()
                .findFirst()
                .orElseThrow(() -> new ApiError(ApiError.Kind.NOT_FOUND, "There is no such job."));
    }

    /** Whether it was open until now. */
    boolean end(String id, State state, String error) {
        return database.change(
                        "update job set state = ?, error = ?, ended = ? where id = ? and state = 'queued'",
                        state.word(),
                        error,
                        System.currentTimeMillis(),
                        id)
                == 1;
    }

    /** It failed here; nothing where another server has it by now. */
    void fail(String id, String error) {
        database.change(
                "update job set state = 'failed', error = ?, ended = ? where id = ? and state = 'queued'" + MINE,
                error,
                System.currentTimeMillis(),
                id,
                server);
    }

    /** Its end and its pictures in one transaction; nothing where it was given up, or another server has it by now. */
    void done(String id, List<KeptPicture> kept) {
        database.in(connection -> {
            int open = Database.change(
                    connection,
                    "update job set state = 'done', ended = ? where id = ? and state = 'queued'" + MINE,
                    System.currentTimeMillis(),
                    id,
                    server);
            if (open == 1) {
                for (KeptPicture picture : kept) {
                    PictureShelf.enter(connection, picture);
                }
            }
            return null;
        });
    }

    /** Queued once more, behind all others; false where it did not fail and was not given up. */
    boolean again(String id) {
        return database.change(
                        "update job set state = 'queued', error = null, ended = null, server = null, tries = 0,"
                                + " steps_done = null, steps = null, place = ?"
                                + " where id = ? and state in ('failed', 'cancelled')",
                        (double) System.currentTimeMillis(),
                        id)
                == 1;
    }

    /** Takes down the order in which the open ones are done now. */
    void order(ToDoubleFunction<JobRow> now) {
        List<JobRow> open = open();
        List<Double> places = open.stream().map(JobRow::place).sorted().toList();
        List<JobRow> ordered =
                open.stream().sorted(Comparator.comparingDouble(now)).toList();
        database.in(connection -> {
            for (int i = 0; i < ordered.size(); i++) {
                // Two of one millisecond would share a place: the count makes them differ.
                Database.change(
                        connection,
                        "update job set place = ? where id = ?",
                        places.get(i) + i * 1e-3,
                        ordered.get(i).id());
            }
            return null;
        });
    }

    /** Forgets those that are over; what they drew stays. */
    int clear() {
        return database.change("delete from job where state <> 'queued'");
    }

    /** Whether there is one of this name. */
    boolean knows(String id) {
        return Optional.of(id)
                .filter(name -> !database.rows(row -> row.getString(1), "select id from job where id = ?", name)
                        .isEmpty())
                .isPresent();
    }
}
