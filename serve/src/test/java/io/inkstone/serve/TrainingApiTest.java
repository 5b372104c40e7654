package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.run.TinyRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings begun over HTTP, where nothing was trained before. */
class TrainingApiTest {
    private static final String TINY =
            "'data.source':'tiny','model.width':8,'train.batch':10,'diffusion.steps':20,'preview.steps':2,'preview.count':2,'preview.everySteps':10";

    @TempDir
    static Path folder;

    private static Server server;
    private static Asking ask;

    @BeforeAll
    static void start() throws Exception {
        TinyRun.data(Files.createDirectories(folder.resolve("pictures/tiny")));
        server = Server.start(ServeSettings.builder(folder.resolve("runs"), folder.resolve("data"))
                .pictures(folder.resolve("pictures"))
                .build());
        ask = new Asking(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The documentation knows every key of every recipe that can be trained from the page, in both languages. */
    @ParameterizedTest
    @CsvSource({"en, false", "'zh-CN,zh;q=0.9', true"})
    void everyKeyHasItsMeaning(String language, boolean chinese) throws Exception {
        List<String> silent = new ArrayList<>();
        for (JsonNode recipe : ask.get("/api/recipes").json().get("recipes")) {
            String name = recipe.get("name").asText();
            JsonNode form =
                    ask.get("/api/recipes/" + name, "Accept-Language", language).json();
            if (isChinese(form.get("description")) != chinese) {
                silent.add(name);
            }
            for (JsonNode key : form.get("keys")) {
                if (!key.has("meaning") || isChinese(key.get("meaning")) != chinese) {
                    silent.add(name + ": " + key.get("key").asText());
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    private static boolean isChinese(JsonNode text) {
        return text.asText().codePoints().anyMatch(Character::isIdeographic);
    }

    /** Recipes that tune a run which only the command line can name would be refused after they were offered. */
    @Test
    void offersWhatCanBeTrainedFromHere() throws Exception {
        List<String> names = new ArrayList<>();
        ask.get("/api/recipes")
                .json()
                .get("recipes")
                .forEach(each -> names.add(each.get("name").asText()));
        assertThat(names)
                .contains("avatars", "captioned-diffusion")
                .doesNotContain("sprites-few", "fashion-all", "stable-diffusion");
    }

    @Test
    void aFormKnowsValuesRangesAndChoices() throws Exception {
        JsonNode keys = ask.get("/api/recipes/sprites").json().get("keys");
        assertThat(field(keys, "train.epochs"))
                .hasToString(
                        "{\"key\":\"train.epochs\",\"kind\":\"number\",\"value\":32,\"meaning\":\"passes over the data\",\"range\":\"1 …\"}");
        assertThat(field(keys, "diffusion.path").get("choices"))
                .anyMatch(word -> word.asText().equals("scaled-linear"));
        assertThat(field(keys, "model.pool").get("kind").asText()).isEqualTo("words");
    }

    private static JsonNode field(JsonNode keys, String name) {
        for (JsonNode key : keys) {
            if (key.get("key").asText().equals(name)) {
                return key;
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void aPlanSaysWhatItWouldTakeOrWhatIsWrong() throws Exception {
        JsonNode plan =
                ask.post("/api/recipes/sprites/plan", "{'set':{" + TINY + "}}").json();
        assertThat(plan.get("pictures").asInt()).isEqualTo(TinyRun.PICTURES);
        assertThat(plan.get("parameters").asLong()).isPositive();
        assertThat(plan.get("recipe").asText()).contains("width: 8");
        refused("{'set':{'train.epochs':0}}", "epochs");
        refused("{'set':{'train.epoch':3}}", "train.epochs");
        refused("{'set':{'data.source':'/etc'}}", "--pictures");
        refused("{'set':{'data.source':'../runs'}}", "--pictures");
        refused("{'set':{'data.tokenizer':'/etc'}}", "command line");
        refused("{'set':{'model.text.from':'/etc'}}", "command line");
        refused("{'set':{'data':{'tokenizer':'/etc'}}}", "one by one");
        assertThat(ask.post("/api/recipes/..%2F..%2Fx.yaml/plan", "{}").status())
                .isIn(400, 404);
    }

    private static void refused(String json, String word) throws Exception {
        Asking.Answer answer = ask.post("/api/recipes/sprites/plan", json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().at("/error/message").asText()).contains(word);
    }

    /** Until a run is as wanted. */
    private static JsonNode run(String name, Predicate<JsonNode> wanted) throws Exception {
        JsonNode last = null;
        for (int i = 0; i < 600; i++) {
            for (JsonNode run : ask.get("/api/runs").json().get("runs")) {
                if (run.get("name").asText().equals(name)) {
                    last = run;
                    if (wanted.test(run)) {
                        return run;
                    }
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError(last + ask.get("/api/runs/" + name + "/log").text());
    }

    private static String state(JsonNode run) {
        return run.path("training").asText();
    }

    @Test
    void isBegunWatchedStoppedAndGoneOnWith() throws Exception {
        String wish = "{'recipe':'sprites','name':'one','set':{" + TINY + ",'train.epochs':%d}}";
        Asking.Answer begun = ask.post("/api/trainings", wish.formatted(100_000));
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        assertThat(ask.post("/api/trainings", "{'recipe':'sprites','name':'two'}")
                        .status())
                .isEqualTo(409);
        JsonNode live = run(
                "one", run -> !run.get("previews").isEmpty() && run.path("step").asInt() > 10);
        assertThat(live.get("live").asBoolean()).isTrue();
        assertThat(ask.get("/api/runs/one/metrics").json().get("steps")).isNotEmpty();
        assertThat(ask.post("/api/runs/one/stop", "").status()).isEqualTo(200);
        JsonNode stopped = run("one", run -> !state(run).equals("at-work"));
        assertThat(state(stopped)).isEqualTo("ended");
        assertThat(stopped.get("trained").asBoolean()).isTrue();
        assertThat(ask.post("/api/runs/one/stop", "").status()).isEqualTo(409);
        assertThat(ask.get("/api/runs/one/log").text()).contains("Interrupted and saved", "started at step 0");
        assertThat(ask.post("/api/trainings", wish.formatted(1)).status()).isEqualTo(409);
        assertThat(ask.post("/api/runs/one/resume", "{}").status()).isEqualTo(202);
        int before = stopped.get("step").asInt();
        run("one", run -> run.get("step").asInt() > before);
        ask.post("/api/runs/one/stop", "");
        run("one", run -> state(run).equals("ended"));
        failureIsTold();
    }

    /** What goes wrong before there is a run directory is told all the same. */
    private static void failureIsTold() throws Exception {
        ask.post("/api/trainings", "{'recipe':'faces-latent-diffusion','name':'three','set':{'firstStage.run':'one'}}");
        JsonNode failed = run("three", run -> state(run).equals("failed"));
        assertThat(failed.get("error").asText()).contains("first stage");
    }
}
