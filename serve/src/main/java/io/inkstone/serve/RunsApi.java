package io.inkstone.serve;

import static io.inkstone.serve.Trainings.State.AT_WORK;
import static io.inkstone.serve.Trainings.State.ENDED;
import static io.inkstone.serve.Trainings.State.FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.models.Generates;
import io.inkstone.run.JsonLines;
import io.inkstone.run.RunDirectory;
import io.inkstone.studio.Lease;
import io.inkstone.wish.PromptWords;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Runs as the studio's page shows them: what they learnt, how, and what they can draw. */
final class RunsApi {
    private static final Pattern PREVIEW = Pattern.compile("step-\\d{6,}\\.png");

    /** Points of a curve; more do not fit on a screen. */
    private static final int MOST_POINTS = 2000;

    /** A run whose file changed this lately is at work. */
    private static final long LIVE_MILLIS = 30_000;

    private final Models models;
    private final Trainings trainings;

    RunsApi(Models models, Trainings trainings) {
        this.models = models;
        this.trainings = trainings;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/runs", this::list);
        routes.get("/api/runs/{name}/metrics", this::metrics);
        routes.get("/api/runs/{name}/evaluations", this::evaluations);
        routes.get("/api/runs/{name}/recipe", ctx -> ctx.contentType("text/plain; charset=utf-8")
                .result(Files.readString(run(ctx).recipeFile())));
        routes.get("/api/runs/{name}/samples/{file}", this::sample);
        routes.get("/api/models/{name}", this::abilities);
    }

    private RunDirectory run(Context ctx) {
        return new RunDirectory(models.root(ctx.pathParam("name")));
    }

    private void list(Context ctx) throws IOException {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        var list = body.putArray("runs");
        Map<String, Path> runs = models.runs();
        for (String name : trainings.runs()) {
            if (!runs.containsKey(name)
                    && trainings.state(name).filter(state -> state != ENDED).isPresent()) {
                ObjectNode one = list.addObject().put("name", name).put("trained", false);
                one.put("live", trainings.state(name).filter(AT_WORK::equals).isPresent());
                training(one, name);
                one.putArray("previews");
            }
        }
        for (var entry : runs.entrySet()) {
            described(list.addObject().put("name", entry.getKey()), new RunDirectory(entry.getValue()));
        }
        Answers.json(ctx, body);
    }

    private void described(ObjectNode one, RunDirectory run) throws IOException {
        String name = one.get("name").asText();
        one.put("trained", Models.isTrained(run.root()));
        one.put("live", trainings.state(name).filter(AT_WORK::equals).isPresent() || isLive(run));
        one.put("changed", Models.changed(run.root()));
        training(one, name);
        List<JsonNode> lines = training(run);
        if (!lines.isEmpty()) {
            JsonNode last = lines.get(lines.size() - 1);
            for (String key : List.of("step", "epoch", "loss", "picturesPerSecond")) {
                if (last.has(key)) {
                    one.set(key, last.get(key));
                }
            }
        }
        previews(run).forEach(one.putArray("previews")::add);
    }

    /** Where a training that was begun here stands: what can be stopped, and why one failed. */
    private void training(ObjectNode one, String name) {
        trainings.state(name).ifPresent(state -> {
            one.put("training", state.word());
            if (state == FAILED) {
                trainings.complaint(name).ifPresent(why -> one.put("error", why));
            }
        });
    }

    private static boolean isLive(RunDirectory run) throws IOException {
        Path file = run.metricsFile();
        return Files.isRegularFile(file)
                && System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis() < LIVE_MILLIS;
    }

    private static List<JsonNode> training(RunDirectory run) {
        return Files.isRegularFile(run.metricsFile())
                ? JsonLines.read(run.metricsFile()).stream()
                        .filter(line -> !line.has("split"))
                        .toList()
                : List.of();
    }

    /** Names of the pictures drawn on the way, the earliest first. */
    private static List<String> previews(RunDirectory run) throws IOException {
        if (!Files.isDirectory(run.samples())) {
            return List.of();
        }
        try (var files = Files.list(run.samples())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> PREVIEW.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Steps and losses, thinned to what a screen shows. */
    private void metrics(Context ctx) {
        List<JsonNode> lines = training(run(ctx));
        int every = Math.max(1, (lines.size() + MOST_POINTS - 1) / MOST_POINTS);
        ObjectNode body = RequestFields.JSON.createObjectNode();
        var steps = body.putArray("steps");
        var losses = body.putArray("losses");
        IntStream.range(0, lines.size())
                .filter(i -> i % every == 0 || i == lines.size() - 1)
                .forEach(i -> {
                    steps.add(lines.get(i).get("step"));
                    losses.add(lines.get(i).get("loss"));
                });
        Answers.json(ctx, body);
    }

    /** Each time that the run was measured, with the protocol. */
    private void evaluations(Context ctx) {
        Path file = run(ctx).evaluationsFile();
        ObjectNode body = RequestFields.JSON.createObjectNode();
        var list = body.putArray("evaluations");
        if (Files.isRegularFile(file)) {
            JsonLines.read(file).forEach(list::add);
        }
        Answers.json(ctx, body);
    }

    private void sample(Context ctx) throws IOException {
        RunDirectory run = run(ctx);
        String name = ctx.pathParam("file");
        if (!previews(run).contains(name)) {
            throw new ApiError(ApiError.Kind.NOT_FOUND, "There is no such picture.");
        }
        ctx.contentType("image/png").result(Files.readAllBytes(run.samples().resolve(name)));
    }

    /** What a model can be asked for. */
    private void abilities(Context ctx) {
        String name = ctx.pathParam("name");
        try (Lease lease = models.lease(name)) {
            Generates model = lease.run().generates();
            PromptWords words = new PromptWords(model);
            ObjectNode body = RequestFields.JSON.createObjectNode().put("name", name);
            body.put("words", words.areRead());
            body.put("size", model.pictures().size().words());
            body.put("sampled", model.isSampled());
            body.put("edits", model instanceof io.inkstone.models.Diffuses);
            var classes = body.putArray("classes");
            model.classes().forEach(classes::add);
            if (model.isSampled()) {
                var resolved = model.resolved(io.inkstone.wish.SamplingWish.NOTHING.options());
                resolved.sampler().ifPresent(sampler -> body.put("sampler", sampler));
                resolved.steps().ifPresent(steps -> body.put("steps", steps));
                var samplers = body.putArray("samplers");
                for (var each : io.inkstone.diffusion.sampler.SamplerChoice.values()) {
                    samplers.add(each.word());
                }
                var grids = body.putArray("grids");
                for (var each : io.inkstone.diffusion.grid.GridChoice.values()) {
                    grids.add(each.word());
                }
            }
            Answers.json(ctx, body);
        }
    }
}
