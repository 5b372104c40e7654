package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    /** A start that finds the tables of the last one asks no tool for them. */
    @Test
    void aFileOfThisVersionIsKnown(@TempDir Path folder) throws Exception {
        try (var files = Files.list(Path.of("src/main/resources/io/inkstone/serve/migrations/sqlite"))) {
            assertThat(files.map(
                            file -> file.getFileName().toString().substring(1).split("__")[0]))
                    .as("SqliteTables.VERSION is the last one")
                    .contains(SqliteTables.VERSION)
                    .allMatch(version -> Integer.parseInt(version) <= Integer.parseInt(SqliteTables.VERSION));
        }
        String url = "jdbc:sqlite:" + folder.resolve("it.db");
        assertThat(SqliteTables.areOfThisVersion(url)).isFalse();
        try (Database database = Database.open(folder.resolve("it.db")).opened()) {
            assertThat(SqliteTables.areOfThisVersion(url)).isTrue();
            database.change("delete from flyway_schema_history where version = ?", SqliteTables.VERSION);
            assertThat(SqliteTables.areOfThisVersion(url)).isFalse();
        }
    }
}
