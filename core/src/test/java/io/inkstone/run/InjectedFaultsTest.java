package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inkstone.InputException;
import io.inkstone.array.FileSteps;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** What the world does to a run: each time a sentence, and the bytes of an undisturbed run once it is over. */
class InjectedFaultsTest extends TinyDataTest {
    private static final int LAST = 12;
    private static final int PLACES = 6;

    private Recipe recipe() {
        return vae(data);
    }

    private static Recipe vae(Path pictures) {
        return Recipes.load(
                        "fashion-vae",
                        List.of(
                                "model.channels=[4,8]",
                                "model.latent=3",
                                "ema.halfLifePictures=100",
                                "train.batch=50",
                                "train.epochs=3",
                                "train.saveEveryEpochs=1",
                                "train.keep=1",
                                "train.precision=float32",
                                "preview.everySteps=0",
                                "preview.count=2"))
                .withSource(pictures.toString());
    }

    /** Nothing can be written below {@code out} from the {@code from}-th time on. */
    private static FileSteps.Watched full(Path out, int from, AtomicInteger seen) {
        return FileSteps.watchedBy((step, path) -> {
            if (step == FileSteps.Step.WRITE && path.startsWith(out) && seen.getAndIncrement() >= from) {
                throw new FileSystemException(path.toString(), null, "No space left on device");
            }
        });
    }

    private static void asAScript(Recipe recipe, Path out) {
        try (TrainingRun run = TrainingRun.resumable(out)
                ? TrainingRun.resume(out, List.of(), ComputeDevice.CPU)
                : TrainingRun.start(recipe, new TrainingStart(out, Optional.empty(), ComputeDevice.CPU, true))) {
            run.train(List.of());
        }
    }

    @Test
    void aDiskThatIsFullFromAnyMomentOn() throws IOException {
        Path straight = folder.resolve("straight");
        AtomicInteger writes = new AtomicInteger();
        try (FileSteps.Watched counting = full(straight, Integer.MAX_VALUE, writes)) {
            TinyRun.train(recipe(), straight);
        }
        assertThat(writes.get()).isGreaterThan(PLACES);
        for (int place = 0; place < PLACES; place++) {
            int at = place * writes.get() / PLACES;
            Path out = folder.resolve("full-" + at);
            Throwable failure;
            try (FileSteps.Watched full = full(out, at, new AtomicInteger())) {
                failure = catchThrowable(() -> asAScript(recipe(), out));
            }
            assertThat(failure)
                    .as("full at write %d", at)
                    .isInstanceOfAny(InputException.class, UncheckedIOException.class)
                    .hasMessageContaining("No space left on device");
            asAScript(recipe(), out);
            CheckpointTensors.assertSame(TinyRun.checkpoint(out, LAST), TinyRun.checkpoint(straight, LAST));
        }
    }

    @Test
    void aFolderThatMayOnlyBeRead() throws IOException {
        Path out = TinyRun.train(recipe(), folder.resolve("run"), 6);
        String before = Files.readString(out.resolve("metrics.jsonl"));
        FileSteps.Watch readOnly = (step, path) -> {
            if (path.startsWith(out)) {
                throw new AccessDeniedException(path.toString());
            }
        };
        try (FileSteps.Watched watched = FileSteps.watchedBy(readOnly)) {
            assertThatThrownBy(() -> asAScript(recipe(), out))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(out.toString())
                    .hasMessageContaining("cannot be written");
        }
        assertThat(out.resolve("metrics.jsonl")).hasContent(before);
        asAScript(recipe(), out);
        assertThat(TinyRun.checkpoint(out, LAST)).exists();
    }

    /** The pictures are in memory by then; what goes on later has none to begin with. */
    @Test
    void dataThatVanish() throws IOException {
        Path pictures = folder.resolve("pictures");
        TinyFolders.add(pictures, "a", 0, 100);
        TinyFolders.add(pictures, "b", 0, 100);
        Recipe recipe = vae(pictures);
        Path out = folder.resolve("run");
        try (TrainingRun run = TinyRun.start(recipe, out)) {
            run.train(List.of(new Listener() {
                @Override
                public void stepped(Trainer trainer, StepReport report) {
                    if (report.position().step() == 3) {
                        remove(pictures);
                        trainer.stop();
                    }
                }
            }));
        }
        assertThatThrownBy(() -> TinyRun.reopen(out))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(pictures.toString());
        TinyFolders.add(pictures, "a", 0, 100);
        TinyFolders.add(pictures, "b", 0, 100);
        TinyRun.resume(out);
        assertThat(TinyRun.checkpoint(out, LAST)).exists();
    }

    private static void remove(Path folder) {
        try {
            FileSteps.deleteAll(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Everything that the run wrote, and what a kill left behind, is of tomorrow. */
    @Test
    void aClockThatIsSetBack() throws IOException {
        Path straight = TinyRun.train(recipe(), folder.resolve("straight"));
        Path out = TinyRun.train(recipe(), folder.resolve("run"), 6);
        Files.createFile(out.resolve("checkpoints/.latest.1.tmp"));
        FileTime tomorrow = FileTime.from(Instant.now().plus(Duration.ofDays(1)));
        try (var files = Files.walk(out)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, tomorrow);
            }
        }
        asAScript(recipe(), out);
        CheckpointTensors.assertSame(TinyRun.checkpoint(out, LAST), TinyRun.checkpoint(straight, LAST));
        assertThat(out.resolve("checkpoints/.latest.1.tmp")).doesNotExist();
    }

    /** libtorch's own refusal of a petabyte, in the middle of training. */
    @Test
    void memoryThatIsShort() throws IOException {
        Path straight = TinyRun.train(recipe(), folder.resolve("straight"));
        Path out = folder.resolve("run");
        try (TrainingRun run = TinyRun.start(recipe(), out)) {
            assertThatThrownBy(() -> run.train(List.of(new Listener() {
                        @Override
                        public void stepped(Trainer trainer, StepReport report) {
                            if (report.position().step() == 6) {
                                takeTooMuch();
                            }
                        }
                    })))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("There is not enough memory: 1048576.0 GB more were asked for")
                    .hasMessageContaining("train.batch");
        }
        asAScript(recipe(), out);
        CheckpointTensors.assertSame(TinyRun.checkpoint(out, LAST), TinyRun.checkpoint(straight, LAST));
    }

    private static void takeTooMuch() {
        try (Scope scope = Scope.open()) {
            Tensors.toFloats(torch.ones(1L << 48));
        }
    }
}
