package io.inkstone.bench;

import io.inkstone.condition.Condition;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.array.NdArray;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.code.Coding;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.Model;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.run.Environment;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Inkstone's side of a row: {@code FOLDER prepare STEPS}, {@code FOLDER auto|float32}, {@code FOLDER ceiling}, or {@code
 * FOLDER rates}. The folder holds row.json, and what {@link Prepared} wrote.
 */
public final class InkstoneSide {
    private static final ComputeDevice CPU = ComputeDevice.CPU;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DDIM_STEPS = 20;
    private static final int DDPM_STEPS = 500;

    private InkstoneSide() {}

    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]);
        Row row = JSON.readValue(folder.resolve("row.json").toFile(), Row.class);
        switch (words[1]) {
            case "prepare" -> prepare(row, Integer.parseInt(words[2]), folder);
            case "ceiling" -> Ceiling.of(row).hold();
            case "rates" -> new Rates().hold();
            default -> measure(row, folder, Precision.valueOf(words[1].toUpperCase(Locale.ROOT)));
        }
    }

    private static void prepare(Row row, int steps, Path folder) throws IOException {
        switch (row.kind()) {
            case "input" -> Jpegs.write(folder);
            case Row.STABLE -> StableFiles.write(row, folder);
            default -> Prepared.write(row, steps, folder);
        }
    }

    private static void measure(Row row, Path folder, Precision precision) throws IOException {
        if (row.kind().equals("input")) {
            Jpegs.measure(folder);
            return;
        }
        if (row.kind().equals(Row.STABLE)) {
            StableWork.measure(row, folder, precision);
            return;
        }
        Environment here = Environment.here(CPU, precision);
        Conversation conversation =
                new Conversation("%s, libtorch %s, threads: %d"
                .formatted(here.precision().word(), here.libtorch(), here.threads()));
        Recipe recipe = Prepared.recipe(row);
        try (Scope scope = Scope.open();
                Model model = Prepared.model(recipe, folder)) {
            WeightSet inputs = Prepared.inputs(folder);
            switch (row.kind()) {
                case "train" -> {
                    try (TrainingSteps steps = new TrainingSteps(recipe, model, inputs, precision)) {
                        conversation.task("step", steps).hold(Map.of("step", steps.losses()));
                    }
                }
                case "sample" -> sampling(conversation, (Generates) model, inputs, precision);
                default -> coding(conversation, new Coding((Autoencodes) model, CPU, precision), inputs);
            }
        }
    }

    private static void sampling(Conversation conversation, Generates model, WeightSet inputs, Precision precision)
            throws IOException {
        Generation generation = new Generation(model, CPU, precision, Prepared.SPRITES);
        NdArray contexts = inputs.tensors().get("contexts");
        List<Condition> rows = new java.util.ArrayList<>();
        for (int i = 0; i < Prepared.SPRITES; i++) {
            rows.add(Condition.classes(contexts.rows(i, 1).toFloats()));
        }
        GenerationRequest request =
                GenerationRequest.of(Prepared.SPRITES, 0).withConditions(rows);
        Map<String, double[]> results = new TreeMap<>();
        Conversation.Work ddim = Conversation.Work.of(() -> results.put(
                "ddim",
                summary(generation.pictures(request.withSampling(SamplingOptions.of("ddim", DDIM_STEPS))))));
        Conversation.Work ddpm = Conversation.Work.of(() -> results.put(
                "ddpm",
                summary(generation.pictures(request.withSampling(SamplingOptions.of("ddpm", DDPM_STEPS))))));
        conversation.task("ddim", ddim).task("ddpm", ddpm, ddim).hold(results);
    }

    private static void coding(Conversation conversation, Coding coding, WeightSet inputs) throws IOException {
        Map<String, double[]> results = new TreeMap<>();
        NdArray picture = inputs.tensors().get("picture");
        NdArray latent = inputs.tensors().get("latent");
        conversation
                .task(
                        "encode",
                        Conversation.Work.of(
                                () -> results.put("encode", summary(coding.encode(picture, List.of())))))
                .task(
                        "decode",
                        Conversation.Work.of(
                                () -> results.put("decode", summary(coding.decode(latent, List.of())))))
                .hold(results);
    }

    /** Mean and deviation: by these the sides are compared. */
    static double[] summary(NdArray array) {
        float[] values = array.toFloats();
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        return new double[] {mean, Math.sqrt(Math.max(0, squares / values.length - mean * mean))};
    }

}
