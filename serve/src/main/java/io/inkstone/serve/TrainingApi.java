package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Words;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.TrainingForecast;
import io.inkstone.tensor.ComputeDevice;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** Recipes as forms, what training them would take, and training them: begun, stopped, gone on with, listened to. */
final class TrainingApi {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /** Characters of a log that a page shows. */
    private static final int MOST_SAID = 100_000;

    private final ServeSettings settings;
    private final Models models;
    private final Trainings trainings;
    private final TrainingWish.Pictures pictures;
    private final KeyWords english = KeyWords.english();
    private final KeyWords chinese = KeyWords.chinese();

    TrainingApi(ServeSettings settings, Models models, Trainings trainings) {
        this.settings = settings;
        this.models = models;
        this.trainings = trainings;
        pictures = new TrainingWish.Pictures(settings.pictures().orElse(null));
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/recipes", this::recipes);
        routes.get("/api/recipes/{recipe}", this::form);
        routes.post("/api/recipes/{recipe}/plan", this::plan);
        routes.post("/api/trainings", this::begin);
        routes.post("/api/runs/{name}/stop", this::stop);
        routes.post("/api/runs/{name}/resume", this::resume);
        routes.get("/api/runs/{name}/log", this::log);
    }

    private void recipes(Context ctx) {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        var list = body.putArray("recipes");
        KeyWords words = words(ctx);
        Recipes.shipped().forEach((name, what) -> {
            if (TrainingWish.isTrainable(name)) {
                list.addObject()
                        .put("name", name)
                        .put("description", words.ofRecipe(name).orElse(what));
            }
        });
        var sources = body.putArray("sources");
        pictures.names().forEach(sources::add);
        Answers.json(ctx, body);
    }

    private void form(Context ctx) {
        String name = ctx.pathParam("recipe");
        TrainingWish.requireTrainable(name);
        ObjectNode body = RequestFields.JSON.createObjectNode().put("name", name);
        KeyWords words = words(ctx);
        body.put("description", words.ofRecipe(name).orElse(Recipes.shipped().get(name)));
        new RecipeForm(Recipes.load(name, List.of()), words).write(body);
        Answers.json(ctx, body);
    }

    /** In the language that the page asks for first. */
    private KeyWords words(Context ctx) {
        String wanted = Objects.requireNonNullElse(ctx.header("Accept-Language"), "");
        ctx.header("Vary", "Accept-Language");
        return wanted.startsWith("zh") ? chinese : english;
    }

    private void plan(Context ctx) throws IOException {
        ObjectNode said = RequestFields.ofJson(ctx).said();
        TrainingWish wish = TrainingWish.read(ctx.pathParam("recipe"), said.path("set"), models, pictures);
        TrainingForecast plan = TrainingForecast.of(wish.load(), ComputeDevice.parse(settings.device()));
        ObjectNode body = RequestFields.JSON.createObjectNode();
        body.put("recipe", Recipes.print(plan.recipe()));
        body.put("parameters", plan.estimate().parameters());
        body.put("pictures", plan.pictures());
        body.put("memory_megabytes", plan.estimate().bytes() >> 20);
        body.put("seconds", Math.round(plan.seconds()));
        plan.notes().forEach(body.putArray("notes")::add);
        Answers.json(ctx, body);
    }

    private void begin(Context ctx) throws IOException {
        RequestFields fields = RequestFields.ofJson(ctx);
        String recipe = fields.words("recipe").orElseThrow(() -> ApiError.invalid("recipe", "Say which 'recipe'."));
        TrainingWish wish = TrainingWish.read(recipe, fields.said().path("set"), models, pictures);
        String name = fields.words("name")
                .filter(said -> !said.isBlank())
                .orElseGet(() -> recipe + "-" + LocalDateTime.now().format(STAMP));
        fields.ignore("set");
        fields.requireKnown();
        requireFree(name);
        wish.load(); // says what is wrong before anything is begun
        trainings.begin(name, withDevice(wish.command(settings.runs().resolve(name))));
        ctx.status(202).header("Location", "/api/runs/" + name + "/log");
        Answers.json(ctx, RequestFields.JSON.createObjectNode().put("run", name));
    }

    private void requireFree(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ApiError.invalid(
                    "name", "The name of a run is up to 80 letters, digits, dots, dashes and underscores.");
        }
        if (models.runs().containsKey(name) || Files.exists(settings.runs().resolve(name))) {
            throw new ApiError(
                    ApiError.Kind.CONFLICT,
                    Words.of("There is a run '%s' already: choose another name.", name),
                    java.util.Optional.of("name"));
        }
    }

    private List<String> withDevice(List<String> command) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--device", settings.device()));
        return all;
    }

    /** A run of this server's, begun from here or not; refuses names of others. */
    private String run(Context ctx) {
        String name = ctx.pathParam("name");
        if (!trainings.runs().contains(name)) {
            models.root(name);
        }
        return name;
    }

    private void stop(Context ctx) {
        String name = run(ctx);
        trainings.stop(name);
        Answers.json(ctx, RequestFields.JSON.createObjectNode().put("run", name));
    }

    private void resume(Context ctx) throws IOException {
        String name = ctx.pathParam("name");
        Path root = models.root(name);
        RequestFields fields = RequestFields.ofJson(ctx);
        List<String> command = new ArrayList<>(List.of("resume", root.toString()));
        fields.whole("epochs", 1, 1_000_000)
                .ifPresent(epochs -> command.addAll(List.of("--set", "train.epochs=" + epochs)));
        fields.requireKnown();
        if (!Models.isTrained(root)) {
            throw new ApiError(
                    ApiError.Kind.CONFLICT, Words.of("'%s' has no checkpoint to go on from: train it anew.", name));
        }
        trainings.begin(name, withDevice(command));
        ctx.status(202);
        Answers.json(ctx, RequestFields.JSON.createObjectNode().put("run", name));
    }

    /** The run's own story, and what its last sitting said. */
    private void log(Context ctx) throws IOException {
        String name = run(ctx);
        StringBuilder text = new StringBuilder();
        Path root = models.runs().get(name);
        if (root != null) {
            Path story = new RunDirectory(root).root().resolve("log.txt");
            text.append(Files.isRegularFile(story) ? Files.readString(story) : "");
        }
        String said = trainings.said(name);
        if (!said.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append(said);
        }
        String all = text.substring(Math.max(0, text.length() - MOST_SAID));
        ctx.header("Cache-Control", "no-store")
                .contentType("text/plain; charset=utf-8")
                .result(all);
    }
}
