package io.inkstone.bench.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** DJL's side of the rows of systems 1 and 2: training steps in float32. Speaks as bench/reference/conversation.py does. */
public final class DjlSide {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode recipe;
    private final Arrays inputs;
    private final Trainer trainer;
    private final boolean vae;
    private final List<Double> losses = new ArrayList<>();

    private DjlSide(JsonNode recipe, Arrays inputs, Trainer trainer) {
        this.recipe = recipe;
        this.inputs = inputs;
        this.trainer = trainer;
        vae = recipe.get("system").asText().equals("vae");
    }

    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]);
        JsonNode recipe = JSON.readTree(folder.resolve("recipe.json").toFile());
        Arrays inputs = new Arrays(folder.resolve("inputs.safetensors"));
        NamedNetwork network = network(recipe);
        try (Model model = Model.newInstance("bench")) {
            model.setBlock(network.block());
            Adam adam = Adam.builder()
                    .optLearningRateTracker(
                            Tracker.fixed((float) recipe.at("/optimizer/rate").asDouble()))
                    .build();
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss()).optOptimizer(adam))) {
                DjlSide side = new DjlSide(recipe, inputs, trainer);
                trainer.initialize(side.shapes());
                network.fill(new Arrays(folder.resolve("weights.safetensors")));
                side.converse();
            }
        }
    }

    private static NamedNetwork network(JsonNode recipe) {
        int channels = recipe.at("/data/channels").asInt();
        int side = recipe.at("/data/size").asInt();
        if (recipe.get("system").asText().equals("dnn")) {
            return Generator.named(channels, side);
        }
        List<Integer> features = new ArrayList<>();
        recipe.at("/model/channels").forEach(number -> features.add(number.asInt()));
        return Vae.named(features, channels, recipe.at("/model/latent").asInt(), side);
    }

    private Shape[] shapes() {
        try (NDManager manager = NDManager.newBaseManager()) {
            return network(manager, 0).stream().map(NDArray::getShape).toArray(Shape[]::new);
        }
    }

    /** What the network is given in a step. */
    private NDList network(NDManager manager, int step) {
        NDArray noise = given(manager, "noise", step);
        return vae
                ? new NDList(given(manager, "pictures", step), noise)
                : new NDList(noise.concat(given(manager, "contexts", step), 1));
    }

    private NDArray given(NDManager manager, String name, int step) {
        Arrays.Entry all = inputs.get(name);
        return manager.create(all.part(step), new Shape(all.partShape()));
    }

    private double step() {
        long start = System.nanoTime();
        int step = losses.size();
        try (NDManager manager = trainer.getManager().newSubManager();
                GradientCollector collector = trainer.newGradientCollector()) {
            NDArray pictures = given(manager, "pictures", step);
            NDList inputs = network(manager, step);
            (vae ? manager.randomNormal(inputs.get(1).getShape()) : manager.randomUniform(0, 1, inputs.get(0).getShape()))
                    .close(); // drawn as a loop draws it; the given numbers are used
            NDList outputs = trainer.forward(inputs);
            NDArray loss = outputs.get(0).sub(pictures).square().mean();
            if (vae) {
                NDArray twice = outputs.get(1).square().add(outputs.get(2).exp()).sub(outputs.get(2)).sub(1);
                double weight = recipe.at("/objective/klWeight").asDouble();
                loss = loss.add(twice.sum()
                        .mul((float) (0.5 * weight / pictures.getShape().get(0))));
            }
            losses.add((double) loss.getFloat());
            collector.backward(loss);
        }
        trainer.step();
        return (System.nanoTime() - start) / 1e6;
    }

    private void converse() throws IOException {
        say(Map.of("event", "loaded"));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("warm")) {
                Engine engine = Engine.getInstance();
                say(Map.of(
                        "event", "warm",
                        "milliseconds", step(),
                        "note", "DJL, %s %s, float32; transposed convolutions as plain ones over spread maps: its engine has none".formatted(engine.getEngineName(), engine.getVersion())));
            } else {
                List<Double> times = new ArrayList<>();
                for (int i = 0; i < Integer.parseInt(words[2]); i++) {
                    times.add(step());
                }
                say(Map.of("event", "times", "milliseconds", times));
            }
        }
        say(Map.of("event", "end", "results", Map.of("step", losses), "peakMegabytes", peakMegabytes()));
    }

    private static long peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static void say(Map<String, ?> fields) throws IOException {
        System.out.println("@bench " + JSON.writeValueAsString(fields));
        System.out.flush();
    }
}
