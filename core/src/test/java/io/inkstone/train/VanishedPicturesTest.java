package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.BatchPlan;
import io.inkstone.data.DataSet;
import io.inkstone.data.Order;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.PictureFile;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Pixels;
import io.inkstone.layers.Sequence;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set that is too large for memory loses its pictures while it is trained on: what was learned is saved first. */
class VanishedPicturesTest {
    @TempDir
    Path folder;

    @Test
    void ofAStreamedSetEndTrainingWithTheirNameAndASave() throws IOException {
        for (int i = 0; i < 200; i++) {
            PictureFile.write(folder.resolve("%03d.png".formatted(i)), Pixels.filled(8, 8, 0x010203 * (i % 80)));
        }
        AtomicLong savedAt = new AtomicLong();
        try (DataSet set = DataSource.open(folder);
                Sequence network = Toy.convolutions(1)) {
            Transform same = Transform.fit(set.info(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(3));
            PreparedSet streamed = new Preparation(same, Preparation.OnDamage.STOP, 0).prepare(set.train());
            LoadedBatches batches = new LoadedBatches(
                    streamed,
                    new BatchPlan(10, Order.shuffled(1), false, false, 3),
                    PixelRange.SYMMETRIC,
                    ComputeDevice.CPU);
            Objective objective = Objective.of(
                    network,
                    (batch, draws) ->
                            Losses.of(Tensors.meanSquaredError(network.apply(batch.pictures()), batch.pictures())));
            try (Trainer trainer = new Trainer(objective, Toy.plan(3, 1), Optional.empty())) {
                assertThatThrownBy(() -> trainer.run(batches, List.of(new Listener() {
                            @Override
                            public void stepped(Trainer running, StepReport report) {
                                if (report.position().step() == 2) {
                                    removeAll();
                                }
                            }

                            @Override
                            public void interrupted(Trainer running) {
                                savedAt.set(running.position().step());
                            }
                        })))
                        .isInstanceOf(InputException.class)
                        .hasMessageMatching("(?s).*\\d{3}\\.png.*");
                assertThat(savedAt.get())
                        .isBetween(2L, 20L)
                        .isEqualTo(trainer.position().step());
            }
        }
    }

    private void removeAll() {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
