package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The database: a file of this server alone, or a PostgreSQL that several servers share. One connection, one transaction at a
 * time, on the disk before it is said to be done. A kill at any moment leaves each transaction whole or not begun.
 */
final class Database implements AutoCloseable {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private final String url;
    private final CompletableFuture<Void> opening;
    private Connection connection;

    private Database(String url, String name) {
        this.url = url;
        // Beside what else a start has to do: the tool that makes tables takes half of a second.
        opening = CompletableFuture.runAsync(() -> open(name), work -> {
            Thread thread = new Thread(work, "inkstone-database");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** What is done in one transaction. */
    interface Transaction<T> {
        T done(Connection connection) throws SQLException;
    }

    /** One row of an answer. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** The database does not answer, or not as it should. */
    static final class RefusedException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        RefusedException(SQLException failure) {
            super("The database refused: " + failure.getMessage(), failure);
        }
    }

    /** Opens the file, new or old, and brings its tables to this version; who uses it waits for that. */
    static Database open(Path file) {
        return new Database("jdbc:sqlite:" + file, "The database " + file);
    }

    /** Opens what several servers share, by its JDBC address, and brings its tables to this version. */
    static Database connect(String url) {
        return new Database(url, "The database " + withoutSecrets(url));
    }

    /** Waits until it is open; refuses where it cannot be. */
    Database opened() {
        try {
            opening.join();
            return this;
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof InputException cannot ? cannot : failure;
        }
    }

    private void open(String name) {
        try {
            if (isShared() || !SqliteTables.areOfThisVersion(url)) {
                migrate(url, isShared() ? "postgresql" : "sqlite");
            }
            connected();
        } catch (SQLException | FlywayException failure) {
            throw new InputException(Words.of("%s cannot be opened: %s", name, reason(failure)), failure);
        }
    }

    private static void migrate(String url, String dialect) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(url, null, null)
                .locations("classpath:io/inkstone/serve/migrations/" + dialect)
                .load()
                .migrate();
    }

    /** Refuses addresses of other kinds; before anything is opened. */
    static void requireKnown(String url) {
        if (!url.startsWith(POSTGRESQL)) {
            throw new InputException(Words.of(
                    "The database of several servers is a PostgreSQL: jdbc:postgresql://HOST/NAME?user=USER, got '%s'.",
                    withoutSecrets(url)));
        }
    }

    /** Without what may hold a password. */
    private static String withoutSecrets(String url) {
        return url.replaceAll("[?].*", "").replaceAll("//[^/@]*@", "//");
    }

    private static String reason(Exception failure) {
        Throwable first = failure;
        while (first.getCause() != null && !(first instanceof SQLException)) {
            first = first.getCause();
        }
        String said = String.valueOf(first.getMessage());
        return said.strip().lines().findFirst().orElse("").strip();
    }

    /** Whether other servers use it too. */
    boolean isShared() {
        return url.startsWith(POSTGRESQL);
    }

    private synchronized Connection connected() throws SQLException {
        if (connection == null || connection.isClosed()) {
            connection = DriverManager.getConnection(url);
            if (!isShared()) {
                try (var statement = connection.createStatement()) {
                    statement.execute("pragma journal_mode = wal");
                    statement.execute("pragma synchronous = full");
                    statement.execute("pragma busy_timeout = 5000");
                }
            }
            connection.setAutoCommit(false);
        }
        return connection;
    }

    <T> T in(Transaction<T> work) {
        opened();
        return done(work);
    }

    private synchronized <T> T done(Transaction<T> work) {
        try {
            Connection now = connected();
            T result = work.done(now);
            now.commit();
            return result;
        } catch (SQLException failure) {
            rollBack(failure);
            throw new RefusedException(failure);
        } catch (RuntimeException failure) {
            rollBack(failure);
            throw failure;
        }
    }

    private void rollBack(Exception failure) {
        try {
            if (connection != null && !connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException second) {
            failure.addSuppressed(second);
            abandon(); // the next transaction connects anew
        }
    }

    private void abandon() {
        try {
            connection.close();
        } catch (SQLException gone) {
            connection = null;
        }
    }

    /** Rows changed by a statement. */
    int change(String sql, Object... values) {
        return in(connection -> change(connection, sql, values));
    }

    static int change(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    <T> List<T> rows(Row<T> row, String sql, Object... values) {
        return in(connection -> rows(connection, row, sql, values));
    }

    static <T> List<T> rows(Connection connection, Row<T> row, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values);
                ResultSet found = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(row.of(found));
            }
            return rows;
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            // PostgreSQL keeps no zero character in a text.
            statement.setObject(i + 1, values[i] instanceof String text ? text.replace('\0', '\uFFFD') : values[i]);
        }
        return statement;
    }

    @Override
    public synchronized void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
