package io.inkstone.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs stay loaded. */
class OpenRunsTest {
    @TempDir
    static Path folder;

    private static final List<Path> RUNS = new ArrayList<>();

    @BeforeAll
    static void train() {
        for (int i = 0; i < 3; i++) {
            RUNS.add(SmallRuns.train(folder, "run" + i, i + 1L));
        }
    }

    private static RunChoice run(int index) {
        return RunChoice.of(RUNS.get(index));
    }

    @Test
    void keepsAsManyIdleRunsAsItMayTheLeastRecentlyUsedGoFirst() {
        try (OpenRuns runs = new OpenRuns(StudioSettings.DEFAULT.withMostIdle(2), OptionalLong::empty)) {
            OpenRun first = used(runs, 0);
            OpenRun second = used(runs, 1);
            assertThat(used(runs, 0)).isSameAs(first);
            used(runs, 2);
            assertThat(runs.size()).isEqualTo(2);
            assertThat(used(runs, 0)).isSameAs(first);
            assertThat(used(runs, 1)).isNotSameAs(second);
        }
    }

    private static OpenRun used(OpenRuns runs, int index) {
        OpenRun run = runs.take(run(index));
        runs.release(run);
        return run;
    }

    @Test
    void otherWeightsOfARunAreAnother() {
        try (OpenRuns runs = new OpenRuns(StudioSettings.DEFAULT, OptionalLong::empty)) {
            OpenRun average = runs.take(run(0));
            OpenRun raw = runs.take(run(0).withWeights(SavedRun.Weights.RAW));
            assertThat(raw.key().hash()).isNotEqualTo(average.key().hash());
            assertThat(runs.size()).isEqualTo(2);
        }
    }

    @Test
    void makesRoomByWhatNobodyUses() {
        long[] free = {100};
        try (OpenRuns runs = new OpenRuns(StudioSettings.DEFAULT, () -> OptionalLong.of(free[0]))) {
            OpenRun idle = runs.take(run(0));
            OpenRun inUse = runs.take(run(1));
            runs.release(idle);
            free[0] = 0;
            assertThatThrownBy(() -> runs.take(run(2)))
                    .isInstanceOf(NoRoomException.class)
                    .hasMessageContaining("needs about 1 MB")
                    .hasMessageContaining(RUNS.get(2).toString());
            assertThat(runs.size()).isEqualTo(1); // the idle one went, and was not enough
            assertThat(inUse.run().model()).isNotNull();
            assertThat(runs.take(run(1))).isSameAs(inUse); // what is loaded needs no room
        }
    }

    @Test
    void keepsToItsOwnBound() {
        StudioSettings narrow = StudioSettings.DEFAULT.withMostMegabytes(1);
        try (OpenRuns runs = new OpenRuns(narrow, OptionalLong::empty)) {
            OpenRun first = runs.take(run(0));
            assertThat(first.megabytes()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void manyThreadsLoadOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (OpenRuns runs = new OpenRuns(StudioSettings.DEFAULT, OptionalLong::empty)) {
            List<Future<OpenRun>> taken = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                taken.add(threads.submit(() -> runs.take(run(0))));
            }
            for (Future<OpenRun> each : taken) {
                assertThat(each.get()).isSameAs(taken.get(0).get());
            }
            assertThat(runs.size()).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }
}
