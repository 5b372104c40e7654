package io.inkstone.run;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of runs on the data of {@link TinyRun}, each with a folder and data of its own. */
public abstract class TinyDataTest {
    @TempDir
    public Path folder;

    public Path data;

    @BeforeEach
    void makeData() throws IOException {
        data = TinyRun.data(folder);
    }
}
