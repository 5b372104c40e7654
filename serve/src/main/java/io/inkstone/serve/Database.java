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
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The embedded database: one connection, one transaction at a time, on the disk before it is said to be done. A kill at any
 * moment leaves each transaction whole or not begun.
 */
final class Database implements AutoCloseable {
    private final Connection connection;

    private Database(Connection connection) {
        this.connection = connection;
    }

    /** What is done in one transaction. */
    interface Transaction<T> {
        T done(Connection connection) throws SQLException;
    }

    /** One row of an answer. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Opens the file, new or old, and brings its tables to this version. */
    static Database open(Path file) {
        String url = "jdbc:sqlite:" + file;
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(url, null, null)
                    .locations("classpath:io/inkstone/serve/migrations")
                    .load()
                    .migrate();
            Connection connection = DriverManager.getConnection(url);
            try (var statement = connection.createStatement()) {
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = full");
                statement.execute("pragma busy_timeout = 5000");
            }
            connection.setAutoCommit(false);
            return new Database(connection);
        } catch (SQLException | FlywayException failure) {
            throw new InputException(
                    Words.of("The database %s cannot be opened: %s", file, failure.getMessage()), failure);
        }
    }

    synchronized <T> T in(Transaction<T> work) {
        try {
            T result = work.done(connection);
            connection.commit();
            return result;
        } catch (SQLException failure) {
            rollBack(failure);
            throw new IllegalStateException("The database refused: " + failure.getMessage(), failure);
        } catch (RuntimeException failure) {
            rollBack(failure);
            throw failure;
        }
    }

    private void rollBack(Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failure.addSuppressed(second);
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
        return in(connection -> {
            try (PreparedStatement statement = prepared(connection, sql, values);
                    ResultSet found = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (found.next()) {
                    rows.add(row.of(found));
                }
                return rows;
            }
        });
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
