package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.PictureView;
import io.inkstone.data.SelectedPictures;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Background;
import io.inkstone.image.Pixels;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.OptimizerConfig;
import io.inkstone.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look for damage decodes what the first epoch reads. */
class LookedThroughOnceTest {
    private static final int COUNT = 50;
    private static final int HELD = 10;

    @TempDir
    private Path folder;

    private final AtomicIntegerArray decoded = new AtomicIntegerArray(COUNT);
    private final List<String> said = new ArrayList<>();

    /** Counts who is decoded; one may be damaged. */
    private final class Counted extends PictureView {
        private final int damaged;

        Counted(PictureSet base, int damaged) {
            super(base);
            this.damaged = damaged;
        }

        @Override
        public Pixels pixels(int index) {
            return pixels(index, Background.WHITE);
        }

        @Override
        public Pixels pixels(int index, Background background) {
            if (index == damaged) {
                throw new InputException("damaged on purpose");
            }
            decoded.incrementAndGet(index);
            return base.pixels(index, background);
        }
    }

    private static Recipe recipe(String... more) {
        Stream<String> keys = Stream.of(
                "data.source=faces",
                "data.size=8",
                "model.width=8",
                "model.groups=4",
                "model.multipliers=[1,1]",
                "train.batch=7",
                "train.dropLast=false");
        return ResolvedRecipe.of(
                "faces-autoencoder", Stream.concat(keys, Stream.of(more)).toArray(String[]::new));
    }

    /** The last ten are held out. */
    private DataSet counted(DataSet faces, int damaged) {
        PictureSet some =
                new SelectedPictures(faces.train(), IntStream.range(0, COUNT).toArray());
        PictureSet all = new Counted(some, damaged);
        int[] rest = IntStream.range(0, COUNT - HELD).toArray();
        int[] held = IntStream.range(COUNT - HELD, COUNT).toArray();
        return new DataSet(
                new SelectedPictures(all, rest), Optional.of(new SelectedPictures(all, held)), Optional.empty());
    }

    /** All values of two epochs, each with a look at what is held out. */
    private List<float[]> seen(RunData data, Recipe recipe) {
        TrainingPlan plan =
                new TrainingPlan(1, 1, OptimizerConfig.adam(1e-3), Precision.FLOAT32, ComputeDevice.CPU, new Seed(1));
        List<float[]> all = new ArrayList<>();
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.empty())) {
            for (int epoch = 0; epoch < recipe.train().epochs(); epoch++) {
                boolean more = true;
                try (BatchSource.Batches batches =
                        data.batches(model, plan, folder).open(epoch, 0)) {
                    while (more && batches.hasNext()) {
                        Batch batch = batches.next();
                        all.add(values(batch.pictures()));
                        more = !batch.endsEpoch();
                    }
                }
                try (BatchSource.Batches batches =
                        data.heldOutBatches(model, plan, folder).orElseThrow().open(0, 0)) {
                    while (batches.hasNext()) {
                        all.add(values(batches.next().pictures()));
                    }
                }
            }
        }
        return all;
    }

    private static float[] values(Tensor pictures) {
        float[] values = new float[(int) pictures.numel()];
        pictures.contiguous().data_ptr_float().get(values);
        return values;
    }

    private int[] counts() {
        return IntStream.range(0, COUNT).map(decoded::get).toArray();
    }

    @Test
    void theCheckAndTwoEpochsDecodeEachPictureOnce() throws IOException {
        Recipe recipe = recipe("train.epochs=2");
        List<float[]> unchecked;
        try (RunData data = RunData.glance(counted(DataSource.open("faces"), -1), recipe)) {
            unchecked = seen(data, recipe);
        }
        assertThat(unchecked).hasSize(2 * (6 + 2));
        try (RunData data = RunData.glance(counted(DataSource.open("faces"), -1), recipe)) {
            data.say(said::add);
            IntStream.range(0, COUNT)
                    .forEach(i -> decoded.set(i, 0)); // the glance looks at some for what the crop loses
            data.check(folder.resolve("not/there/yet"));
            int[] once = new int[COUNT];
            Arrays.fill(once, 1);
            assertThat(counts()).isEqualTo(once);
            assertThat(seen(data, recipe)).usingRecursiveComparison().isEqualTo(unchecked);
            assertThat(counts()).isEqualTo(once);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
        assertThat(said)
                .filteredOn(sentence -> sentence.contains("kept on the disk"))
                .hasSize(2)
                .allMatch(sentence -> sentence.contains("from now on"));
    }

    /** Even one epoch is spared what the check decoded. */
    @Test
    void oneEpochReadsThemToo() {
        Recipe recipe = recipe("train.epochs=1");
        try (RunData data = RunData.glance(counted(DataSource.open("faces"), -1), recipe)) {
            data.check(folder);
            int[] before = counts();
            seen(data, recipe);
            assertThat(counts()).isEqualTo(before);
        }
    }

    @Test
    void damageIsStillRefusedWithItsList() {
        Recipe recipe = recipe("train.epochs=2");
        try (RunData data = RunData.glance(counted(DataSource.open("faces"), 3), recipe)) {
            assertThatThrownBy(() -> data.check(folder))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("1 of 40 pictures")
                    .hasMessageContaining("damaged on purpose");
        }
    }
}
