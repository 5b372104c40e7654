package io.inkstone.bench;

import io.inkstone.run.part.FirstStageRun;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.inkstone.array.NdArray;
import io.inkstone.data.BatchPlan;
import io.inkstone.data.DataSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.SelectedPictures;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.DataForm;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.Draws;
import io.inkstone.train.LoadedBatches;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/**
 * What all sides of a row share, in files of the row's folder: the resolved recipe, first weights, and the pictures and
 * random numbers of every step, drawn as {@link io.inkstone.train.Trainer} draws them.
 */
final class Prepared {
    static final int SPRITES = 32;
    private static final ComputeDevice CPU = ComputeDevice.CPU;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LATENT = "/model/latent";

    private Prepared() {}

    static Recipe recipe(Row row) {
        Recipe recipe = Recipes.load(row.recipe(), row.set());
        try (DataSet data = DataSource.open(recipe.data().source())) {
            return FirstStageRun.resolved(recipe, data.info());
        }
    }

    /** The model with the row's weights, in the scope that is open. */
    static Model model(Recipe recipe, Path folder) throws IOException {
        Model model = recipe.build(Initializer.empty());
        LayerState.fill(model.network().state(), Safetensors.read(folder.resolve("weights.safetensors")));
        return model;
    }

    static WeightSet inputs(Path folder) throws IOException {
        return Safetensors.read(folder.resolve("inputs.safetensors"));
    }

    /** Writes everything; {@code steps} is the most that any side will do. */
    static void write(Row row, int steps, Path folder) throws IOException {
        Recipe recipe = recipe(row);
        JSON.writeValue(folder.resolve("recipe.json").toFile(), YAML.readTree(Recipes.print(recipe)));
        try (Scope scope = Scope.open();
                Model model = recipe.build(
                        Initializer.seeded(new Seed(recipe.train().seed())))) {
            Safetensors.write(
                    folder.resolve("weights.safetensors"), WeightSet.of(LayerState.of(model.network())));
            Map<String, NdArray> inputs =
                    switch (row.kind()) {
                        case "train" -> training(recipe, model, steps);
                        case "code" -> coding(recipe, (Autoencodes) model);
                        default -> sampling(model);
                    };
            Safetensors.write(folder.resolve("inputs.safetensors"), WeightSet.of(inputs));
        }
    }

    private static Map<String, NdArray> sampling(Model model) {
        int classes = model.classes().size();
        float[] contexts = new float[SPRITES * classes];
        IntStream.range(0, SPRITES).forEach(i -> contexts[i * classes + i % classes] = 1);
        try (PictureNoise noise = new PictureNoise(LongStream.range(0, SPRITES).toArray())) {
            return Map.of(
                    "start", Tensors.toArray(noise.next(model.inputShape(SPRITES))),
                    "contexts", NdArray.of(contexts, SPRITES, classes));
        }
    }

    private static Map<String, NdArray> coding(Recipe recipe, Autoencodes model) {
        long[] latent = model.latentShape();
        Draws draws = new Draws(new Seed(0), 0, CPU);
        return Map.of(
                "picture",
                Taken.of(recipe, model, 1).pictures().reshape(model.inputShape(1)),
                "latent",
                Tensors.toArray(draws.normal(1, latent[0], latent[1], latent[2])));
    }

    private static Map<String, NdArray> training(Recipe recipe, Model model, int steps) {
        Taken taken = Taken.of(recipe, model, steps);
        Map<String, NdArray> inputs = new LinkedHashMap<>();
        inputs.put("pictures", taken.pictures());
        if (!model.classes().isEmpty()) {
            inputs.put("contexts", taken.contexts());
        }
        int batch = recipe.train().batch();
        Seed seed = new Seed(recipe.train().seed());
        switch (recipe.system()) {
            case "diffusion" -> {
                int last = number(recipe, "/diffusion/steps");
                double dropout = setting(recipe, "/diffusion/contextDropout").asDouble();
                inputs.put(
                        "levels",
                        joined(steps, step -> {
                            long[] drawn = IntStream.of(new Draws(seed, step, CPU).integers(batch, 1, last))
                                    .asLongStream()
                                    .toArray();
                            return NdArray.of(drawn, batch);
                        }));
                inputs.put("noise", drawn(seed, steps, draws -> draws.normal(model.inputShape(batch))));
                inputs.put("keep", drawn(seed, steps, draws -> draws.keep(batch, dropout)));
            }
            case "dnn" -> inputs.put("noise", drawn(seed, steps, draws -> draws.uniform(batch, number(recipe, LATENT))));
            case "vae" -> inputs.put("noise", drawn(seed, steps, draws -> draws.normal(batch, number(recipe, LATENT))));
            default -> {
                long[] code = ((Autoencodes) model).latentShape();
                inputs.put("noise", drawn(seed, steps, draws -> draws.normal(batch, code[0], code[1], code[2])));
            }
        }
        return inputs;
    }

    private static int number(Recipe recipe, String key) {
        return setting(recipe, key).asInt();
    }

    private static JsonNode setting(Recipe recipe, String key) {
        try {
            return YAML.readTree(Recipes.print(recipe)).at(key);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static NdArray drawn(Seed seed, int steps, Function<Draws, Tensor> draw) {
        return joined(steps, step -> Tensors.toArray(draw.apply(new Draws(seed, step, CPU))));
    }

    /** [steps, …]. */
    private static NdArray joined(int steps, IntFunction<NdArray> one) {
        return NdArray.joined(IntStream.range(0, steps)
                .mapToObj(step -> {
                    NdArray array = one.apply(step);
                    return array.reshape(LongStream.concat(LongStream.of(1), LongStream.of(array.shape()))
                            .toArray());
                })
                .toList());
    }

    /**
     * Batches of the recipe's data.
     *
     * @param pictures [steps, N, C, H, W]
     * @param contexts [steps, N, c]
     */
    private record Taken(NdArray pictures, NdArray contexts) {
        static Taken of(Recipe recipe, Model model, int steps) {
            DataForm form = recipe.data().form();
            int batch = recipe.train().batch();
            try (DataSet data = DataSource.open(recipe.data().source())) {
                int[] some = IntStream.range(0, Math.min(steps * batch, data.train().count()))
                        .toArray(); // large pictures are not all prepared for a few steps
                PreparedSet set = Preparation.of(new Transform(OptionalInt.empty(), form.side(), form.channels()))
                        .prepare(new SelectedPictures(data.train(), some));
                BatchPlan plan = BatchPlan.training(batch, 0).withDropLast(true);
                try (BatchSource.Batches batches =
                        new LoadedBatches(set, plan, model.pictures().range(), CPU).open(0, 0)) {
                    List<NdArray> contexts = new ArrayList<>();
                    NdArray pictures = joined(steps, step -> {
                        Batch next = batches.next();
                        contexts.add(Tensors.toArray(next.context()));
                        return Tensors.toArray(next.pictures());
                    });
                    return new Taken(pictures, joined(steps, contexts::get));
                }
            }
        }
    }
}
