package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training as scripts call it: the same line again, lists of recipes, one JSON object whatever happens. */
class TrainCommandTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path list;

    /** 40 grey pictures of 8×8 in two classes, and a list of the two smallest trainings. */
    @BeforeAll
    static void make() throws IOException {
        data = TinyRuns.data(folder, 40, 8, 1);
        list = folder.resolve("pair.yaml");
        Files.writeString(
                list,
                """
                - fashion-dnn
                - recipe: fashion-dnn
                  set: [model.latent=8]
                """);
    }

    private static Terminal train(Object recipe, Path out, Object... more) {
        List<Object> words = new ArrayList<>(List.of("train", recipe, "--data", data, "--out", out));
        words.addAll(List.of("--set", "train.batch=20", "--set", "preview.count=2"));
        words.addAll(List.of(more));
        return Terminal.run(words.toArray());
    }

    private static Terminal trainOnce(Object recipe, Path out, Object... more) {
        List<Object> words = new ArrayList<>(List.of("--set", "train.epochs=1"));
        words.addAll(List.of(more));
        return train(recipe, out, words.toArray());
    }

    @Test
    void theSameLineGoesOn() {
        Path run = folder.resolve("same");
        trainOnce("fashion-gan", run, "--continue", "--seed", 3).succeeded();
        Terminal again =
                trainOnce("fashion-gan", run, "--continue", "--seed", 3).succeeded();
        assertThat(again.lastLine()).isEqualTo(run.toString());
        assertThat(again.err()).contains("going on after step 2").doesNotContain("what this line changes");
    }

    /** An epoch that is over is told with its means; of a step that takes long, how far it has come. */
    @Test
    void saysWhatWasLearnedAndHowFarALongStepIs() {
        Terminal told = trainOnce(
                        "fashion-dnn",
                        folder.resolve("told"),
                        "--set",
                        "data.holdOut=0.5",
                        "--set",
                        "data.holdOutBy=count",
                        "--set",
                        "train.batch=10")
                .succeeded();
        assertThat(told.err())
                .containsPattern("step 2/2, epoch 1/1, loss [0-9.]+, [0-9.]+ pictures/s, picture 20, ")
                .containsPattern("epoch 1/1 ended after \\d+ s: loss [0-9.]+, held out [0-9.]+");
        Terminal parts = trainOnce("fashion-dnn", folder.resolve("long"), "--set", "train.accumulate=100000000")
                .succeeded();
        assertThat(parts.err())
                .containsPattern(
                        "step 1 at picture 20/2,000,000,000, loss sum [0-9.]+, .* to the step's end, epoch 1/1");
    }

    /** On a terminal the ends of epochs stay above the bar. */
    @Test
    void theBarLeavesTheEndsOfEpochs() {
        System.setProperty("inkstone.terminal", "true");
        try {
            Terminal drawn = train("fashion-dnn", folder.resolve("bar"), "--set", "train.epochs=2")
                    .succeeded();
            assertThat(drawn.err())
                    .contains("\r\u001b[Kepoch 1/2 ended after ", "\r\u001b[Kepoch 2/2 ended after ")
                    .doesNotContain("step 2/4");
        } finally {
            System.clearProperty("inkstone.terminal");
        }
    }

    @Test
    void anotherLineIsFollowedWhereThatIsPossible() throws IOException {
        Path run = folder.resolve("longer");
        trainOnce("fashion-gan", run).succeeded();
        Terminal longer = train("fashion-gan", run, "--continue", "--set", "train.epochs=2")
                .succeeded();
        assertThat(longer.err()).contains("what this line changes: train.epochs=2");
        assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("epochs: 2");
        trainOnce("fashion-gan", run, "--continue", "--seed", 9, "--set", "model.latent=7")
                .failed(2, "'model.latent', 'train.seed' cannot change when a run goes on");
        trainOnce("fashion-vae", run, "--continue").failed(2, "trains system 'gan', not 'vae'");
        assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("system: gan", "epochs: 2");
    }

    @Test
    void continueTakesNoFolderThatIsNoRun() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("holiday"));
        Files.writeString(pictures.resolve("beach.txt"), "sand");
        trainOnce("fashion-gan", pictures, "--continue").failed(1, "holiday exists already. It is no run directory");
        assertThat(pictures.toFile().list()).containsExactly("beach.txt");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        trainOnce("fashion-gan", empty, "--continue").succeeded();
    }

    @Test
    void listsPrintOneObject() {
        Path out = folder.resolve("pair");
        JsonNode all = trainOnce(list, out, "--json").succeeded().json();
        assertThat(all.path("run").asText()).isEqualTo(out.toString());
        assertThat(all.path("finished").asBoolean()).isTrue();
        assertThat(all.at("/runs/1/run").asText())
                .isEqualTo(out.resolve("fashion-dnn-2").toString());
        assertThat(all.at("/comparison/runs/0/run").asText()).isEqualTo("fashion-dnn-1");
        JsonNode planned =
                trainOnce(list, out, "--dry-run", "--json").succeeded().json();
        assertThat(planned.path("recipes")).hasSize(2);
        assertThat(planned.at("/recipes/1/recipe").asText()).contains("latent: 8");
        Terminal again = trainOnce(list, out, "--continue").succeeded();
        assertThat(again.lastLine()).isEqualTo(out.toString());
        assertThat(again.out()).contains("comparison.png");
    }

    /** Wherever it is shown or kept, a recipe that builds on another is whole. */
    @Test
    void aRecipeThatBuildsOnAnotherIsResolved() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.yaml"), "from: fashion-dnn\nmodel: {latent: 8}\n");
        Path run = folder.resolve("mine");
        String planned = trainOnce(mine, run, "--dry-run").succeeded().out();
        assertThat(planned).contains("system: dnn", "latent: 8", "seed: 1").doesNotContain("from");
        trainOnce(mine, run).succeeded();
        assertThat(Files.readString(run.resolve("recipe.yaml")))
                .contains("system: dnn", "latent: 8", "seed: 1")
                .doesNotContain("from");
        trainOnce(Files.writeString(folder.resolve("wrong.yaml"), "from: fashion-dn\n"), run)
                .failed(2, "Did you mean fashion-dnn?");
    }

    /** Named by as much of their paths as tells them apart. */
    @Test
    void runsOfOneNameAreComparedSideBySide() {
        Path one = folder.resolve("first/dnn");
        Path other = folder.resolve("second/dnn");
        trainOnce("fashion-dnn", one).succeeded();
        trainOnce("fashion-dnn", other, "--seed", 1).succeeded();
        JsonNode compared = Terminal.run("compare", one, other, "--out", folder.resolve("both"), "--json")
                .succeeded()
                .json();
        assertThat(compared.at("/runs/0/run").asText()).isEqualTo("first/dnn");
        assertThat(compared.at("/runs/1/run").asText()).isEqualTo("second/dnn");
        assertThat(compared.at("/runs/0/classes").asDouble(-1)).isBetween(0.0, 1.0);
        assertThat(compared.at("/runs/0").has("coverage")).isFalse();
    }

    /** Ctrl-C in the middle: saved, and said in the way that was asked for. */
    @Test
    void anInterruptedTrainingSaysWhereItIs() throws InterruptedException {
        Path run = folder.resolve("endless");
        Terminal[] ended = new Terminal[1];
        Thread command =
                new Thread(() -> ended[0] = train("fashion-dnn", run, "--set", "train.epochs=1000000", "--json"));
        command.start();
        while (command.isAlive() && !Files.exists(run.resolve("metrics.jsonl"))) {
            command.join(20);
        }
        assertThat(Interruption.pressed()).isTrue();
        command.join();
        assertThat(ended[0].exit()).as(ended[0].err()).isEqualTo(130);
        assertThat(ended[0].json().path("finished").asBoolean()).isFalse();
        assertThat(ended[0].json().path("run").asText()).isEqualTo(run.toString());
        assertThat(run.resolve("checkpoints/latest")).isRegularFile();
    }

    @Test
    void picturesThatAreScaledUpALotAreSaidToBeATrial() {
        Terminal trained = trainOnce("fashion-dnn", folder.resolve("large"), "--set", "data.size=32")
                .succeeded();
        assertThat(trained.err()).contains("This is a trial: pictures of 8×8 are scaled up to 32×32");
    }
}
