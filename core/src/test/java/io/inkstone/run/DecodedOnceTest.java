package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.data.DataSet;
import io.inkstone.data.DecodedFile;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.part.CodeCache;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.train.LoadedBatches;
import io.inkstone.train.OptimizerConfig;
import io.inkstone.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training decodes no picture twice, if they do not fit in memory but on the disk. */
class DecodedOnceTest {
    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    /** What training batches are made of. */
    private PreparedSet read(PreparedSet set, Path place, String epochs) {
        Recipe recipe = ResolvedRecipe.of(
                "faces-autoencoder",
                "data.source=faces",
                "data.size=8",
                "model.width=8",
                "model.groups=4",
                "model.multipliers=[1,1]",
                epochs);
        TrainingPlan plan =
                new TrainingPlan(1, 1, OptimizerConfig.adam(1e-3), Precision.FLOAT32, ComputeDevice.CPU, new Seed(1));
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.empty());
                RunBatches batches = new RunBatches(recipe, CodeCache.MEMORY)) {
            batches.say(said::add);
            RunBatches.Pass pass = new RunBatches.Pass(model, plan, place);
            PreparedSet first = ((LoadedBatches) batches.training(set, pass)).set();
            assertThat(((LoadedBatches) batches.training(set, pass)).set()).isSameAs(first);
            return first;
        }
    }

    @Test
    void decodedPicturesAreKeptWhereASecondEpochFollows() {
        try (DataSet faces = DataSource.open("faces")) {
            Recipe recipe = ResolvedRecipe.of("faces-autoencoder", "data.source=faces", "data.size=8");
            Preparation preparation = Preparation.of(recipe.data().transform());
            PreparedSet streamed = preparation.keeping(0).prepare(faces.train());
            assertThat(read(streamed, folder, "train.epochs=1")).isSameAs(streamed);
            assertThat(said).isEmpty();
            assertThat(read(streamed, folder, "train.epochs=2")).isInstanceOf(DecodedFile.class);
            assertThat(said)
                    .singleElement()
                    .asString()
                    .startsWith("The pictures are kept on the disk as bytes from now on, 0.")
                    .contains(folder.toString());
            PreparedSet ready = preparation.prepare(faces.train());
            assertThat(read(ready, folder, "train.epochs=2")).isSameAs(ready);
        }
    }
}
