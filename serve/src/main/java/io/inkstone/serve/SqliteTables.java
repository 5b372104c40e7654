package io.inkstone.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether a file has its tables already: the tool that makes them takes a while to load, and most starts do not need it. */
final class SqliteTables {
    /** Of the last file in migrations/sqlite; a test holds it against them. */
    static final String VERSION = "3";

    private SqliteTables() {}

    static boolean areOfThisVersion(String url) throws SQLException {
        if (!Files.isRegularFile(Path.of(url.substring("jdbc:sqlite:".length())))) {
            return false;
        }
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select 1 from sqlite_master where name = 'flyway_schema_history'" + " and type = 'table'")) {
            if (!row.next()) {
                return false;
            }
            try (ResultSet last = statement.executeQuery(
                    "select version, success from flyway_schema_history" + " order by installed_rank desc limit 1")) {
                return last.next() && VERSION.equals(last.getString(1)) && last.getBoolean(2);
            }
        }
    }
}
