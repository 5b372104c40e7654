package io.inkstone.run.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.layers.KernelChoices;
import io.inkstone.tensor.Precision;
import io.inkstone.train.LossState;
import io.inkstone.train.LossSums;
import io.inkstone.train.MeanLosses;
import io.inkstone.train.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
    private static final String POSITION =
            "\"format\":1,\"position\":{\"step\":4,\"epoch\":1,\"inEpoch\":90,\"accumulated\":2,\"openPictures\":20,\"batches\":14,\"pictures\":140,\"seconds\":1.5}";
    private static final String MACHINE = "\"precision\":\"float32\",\"threads\":2";

    /** What could not be chosen yet when a run began stays as it was then. */
    private static final KernelChoices FIRST = KernelChoices.MEASURED
            .withWideLinearFrom(KernelChoices.NEVER)
            .withUpsampleInKernelFrom(KernelChoices.NEVER)
            .with(KernelChoices.MinimalFiltering.NONE);

    @TempDir
    Path folder;

    private CheckpointState read(String... parts) throws IOException {
        Files.writeString(folder.resolve("state.json"), "{" + String.join(",", parts) + "}");
        return StateFile.read(folder);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        LossState losses = new LossState(
                new LossSums(20, 5, Map.of("loss", 5.0)),
                new LossSums(90, 30.1, Map.of("loss", 30.1, "kl", 1e-9)),
                new MeanLosses(0.25, Map.of("loss", 0.25)),
                false);
        CheckpointState state = new CheckpointState(
                1, new Position(4, 1, 90, 2, 20, 14, 140, 1.5), losses, Precision.FLOAT32, 2, KernelChoices.MEASURED);
        StateFile.write(state, folder);
        assertThat(StateFile.read(folder)).isEqualTo(state);
    }

    /** The total had the name "", and of the last epoch there was its total alone. */
    @Test
    void totalsOnceStoodAmongTheNames() throws IOException {
        CheckpointState state = read(
                POSITION,
                "\"losses\":{\"step\":{\"\":5,\"loss\":4},\"epoch\":{\"\":30.1,\"loss\":30},\"lastEpoch\":0.25}",
                MACHINE);
        assertThat(state.losses())
                .isEqualTo(new LossState(
                        new LossSums(20, 5, Map.of("loss", 4.0)),
                        new LossSums(90, 30.1, Map.of("loss", 30.0)),
                        new MeanLosses(0.25, Map.of()),
                        true));
        assertThat(state.kernels()).isEqualTo(FIRST);
    }

    @Test
    void epochsWereOnceSummedWithoutNames() throws IOException {
        CheckpointState state = read(
                POSITION,
                "\"openLosses\":{\"\":5,\"loss\":4},\"lossSum\":40,\"lossPictures\":80,\"epochLoss\":\"NaN\"",
                MACHINE);
        assertThat(state.losses())
                .isEqualTo(new LossState(
                        new LossSums(20, 5, Map.of("loss", 4.0)),
                        new LossSums(90, 45.0 / 100 * 90, Map.of()),
                        new MeanLosses(Double.NaN, Map.of()),
                        true));
    }

    /** Also where the file knows some of them. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"wideLinearFrom\":262144"})
    void choicesOfLaterVersionsAreNeverMade(String known) throws IOException {
        CheckpointState state = read(
                POSITION,
                "\"losses\":{\"step\":{\"pictures\":20,\"total\":5,\"byName\":{}},\"epoch\":{\"pictures\":90,\"total\":30,\"byName\":{}},\"lastEpoch\":{\"total\":1,\"byName\":{}},\"told\":true}",
                MACHINE,
                "\"kernels\":{\"groupNorm\":{\"from\":100,\"below\":1024,\"groupBytes\":16,\"trainedChannels\":2},\"gradientsByHandFrom\":16384,\"tilesByProduct\":true,\"foldsByProduct\":true%s}"
                        .formatted(known));
        assertThat(state.kernels()).isEqualTo(known.isEmpty() ? FIRST : FIRST.withWideLinearFrom(262_144));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> read(
                        POSITION,
                        "\"losses\":{\"step\":null,\"epoch\":null,\"lastEpoch\":{\"total\":1,\"byName\":{}}}",
                        MACHINE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("'step'");
    }
}
