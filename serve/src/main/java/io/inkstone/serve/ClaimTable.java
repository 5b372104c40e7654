package io.inkstone.serve;

import io.inkstone.Words;
import io.inkstone.serve.JobRow.State;
import io.inkstone.studio.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which server is there and which has which job, in the database that they share; times are those of its clock. */
final class ClaimTable {
    /** A server that was not seen for so long is lost, and its jobs are taken by others. */
    static final long LOST_MILLIS = 15_000;

    /** A job may end so many servers before nobody tries it any more. */
    private static final int MOST_TRIES = 5;

    /** At most so many are taken at once, so that alike ones are drawn in one batch and others may help with the rest. */
    private static final int LOT = 16;

    private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";
    private static final String ALIVE = "select id from server where seen > " + NOW + " - " + LOST_MILLIS;
    private static final String FREE = "state = 'queued' and (server is null or server not in (" + ALIVE + "))";

    private final Database database;
    private final String server;

    /** @param server the name of this one */
    ClaimTable(Database database, String server) {
        this.database = database;
        this.server = server;
    }

    String server() {
        return server;
    }

    /** Says that this server is there. */
    void seen() {
        database.in(connection -> {
            Database.change(
                    connection,
                    "insert into server (id, seen) values (?, " + NOW
                            + ") on conflict (id) do update set seen = excluded.seen",
                    server);
            return Database.change(connection, "delete from server where seen < " + NOW + " - " + 100 * LOST_MILLIS);
        });
    }

    /** Names of open jobs that this server has. */
    Set<String> held() {
        return new HashSet<>(database.rows(
                row -> row.getString(1), "select id from job where state = 'queued' and server = ?", server));
    }

    /** Tells the others how far a job is. */
    void progress(String id, Progress now) {
        database.change(
                "update job set steps_done = ?, steps = ? where id = ? and server = ? and state = 'queued'",
                (int) now.done(),
                (int) Math.max(1, now.all()),
                id,
                server);
    }

    /** Takes this server's share of what nobody has, the first ones; each job is taken by one server. */
    List<JobRow> claim() {
        return database.in(connection -> {
            List<JobRow> taken = Database.rows(
                    connection,
                    JobRow::of,
                    "select " + JobRow.COLUMNS + " from job where " + FREE
                            + " order by place, id limit ? for update skip locked",
                    share(connection));
            for (JobRow row : taken) {
                Database.change(
                        connection,
                        "update job set server = ?, tries = tries + 1, steps_done = null, steps = null where id = ?",
                        server,
                        row.id());
            }
            return taken;
        });
    }

    private static int share(Connection connection) throws SQLException {
        long free = Database.rows(connection, row -> row.getLong(1), "select count(*) from job where " + FREE)
                .get(0);
        long alive = Database.rows(connection, row -> row.getLong(1), "select count(*) from (" + ALIVE + ") as alive")
                .get(0);
        return (int) Math.min(LOT, (free + alive - 1) / Math.max(1, alive));
    }

    /** Ends jobs that were taken again and again, and never came back: each of them may have ended its server. */
    int giveUpHopeless() {
        return database.change(
                "update job set state = ?, error = ?, ended = ? where " + FREE + " and tries >= ?",
                State.FAILED.word(),
                Words.of("It was begun %d times, and each server that had it ended before it.", MOST_TRIES),
                System.currentTimeMillis(),
                MOST_TRIES);
    }

    /** Hands back what was not ended, and leaves. */
    void leave() {
        database.in(connection -> {
            Database.change(
                    connection,
                    "update job set server = null, tries = tries - 1, steps_done = null, steps = null"
                            + " where server = ? and state = 'queued'",
                    server);
            return Database.change(connection, "delete from server where id = ?", server);
        });
    }
}
