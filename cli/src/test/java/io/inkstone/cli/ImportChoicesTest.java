package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights inside wrappers, averages by choice, and recipes that nobody named. */
class ImportChoicesTest {
    @TempDir
    Path folder;

    private static final String[] SET = {"--set", "data.classes=[a,b,c,d,e]"};

    private Path file(Map<String, NdArray> tensors) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(file, tensors, Map.of());
        return file;
    }

    private static Map<String, NdArray> halved(Map<String, NdArray> unet) {
        Map<String, NdArray> halved = new LinkedHashMap<>();
        unet.forEach((name, tensor) -> halved.put(name, tensor.scaled(0.5)));
        return halved;
    }

    private Map<String, NdArray> imported(Path run) throws IOException {
        return WeightFile.read(run.resolve("checkpoints/step-000000/weights.safetensors"))
                .tensors();
    }

    @Test
    void averagedWeightsAreTakenWhereTheyAreWanted() throws IOException {
        Map<String, NdArray> trained = GoldenWeights.unet(3, 8, 16, 5);
        Map<String, NdArray> all = new LinkedHashMap<>();
        trained.forEach((name, tensor) -> all.put("model." + name, tensor));
        halved(trained).forEach((name, tensor) -> all.put("ema." + name, tensor));
        all.put("step", NdArray.of(new float[] {7}, 1));
        Path file = file(all);
        Path run = folder.resolve("run");
        Terminal made = Terminal.run("import", file, "--recipe", "sprites", SET[0], SET[1], "--out", run)
                .succeeded();
        assertThat(made.err()).contains("'model.'", "taken away", "an import can take those");
        assertThat(imported(run)).isEqualTo(trained);
        Path average = folder.resolve("average");
        Terminal.run("import", file, "--recipe", "sprites", "--from-average", SET[0], SET[1], "--out", average)
                .succeeded();
        assertThat(imported(average)).isEqualTo(halved(trained));
        assertThat(Terminal.run("inspect", file).succeeded().out()).contains("an import can take those", "sprites");
        Terminal.run("import", file(trained), "--recipe", "sprites", "--from-average", "--out", folder.resolve("none"))
                .failed(1, "no averaged weights");
    }

    @Test
    void theRecipeIsTakenFromOurOwnExports() throws IOException {
        Path run = folder.resolve("run");
        Terminal.run("import", file(GoldenWeights.unet(3, 8, 16, 5)), "--recipe", "sprites", "--out", run)
                .succeeded();
        Path out = folder.resolve("ours.safetensors");
        Terminal.run("export", run, "--out", out).succeeded();
        Path again = folder.resolve("again");
        Terminal made = Terminal.run("import", out, "--out", again).succeeded();
        assertThat(made.err()).contains("the one that the file carries");
        assertThat(imported(again)).isEqualTo(imported(run));
        Terminal.run("import", file(Map.of("a.weight", NdArray.of(new float[1], 1))), "--out", folder.resolve("none"))
                .failed(1, "--recipe");
    }
}
