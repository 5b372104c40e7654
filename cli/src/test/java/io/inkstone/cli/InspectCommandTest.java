package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.array.Npz;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @TempDir
    Path folder;

    @Test
    void listsTensorsAndTheRecipeThatFits() throws IOException {
        Path file = folder.resolve("sprites.safetensors");
        Safetensors.write(file, GoldenWeights.unet(3, 64, 16, 5), Map.of("made by", "a test"));
        String text = Terminal.run("inspect", file).succeeded().out();
        assertThat(text)
                .contains("init_conv.conv1.0.weight", "float32  [64, 3, 3, 3]", "made by: a test", "safetensors, ")
                .contains("fits sprites (diffusion)" + System.lineSeparator());
        JsonNode json = Terminal.run("inspect", file, "--json").succeeded().json();
        assertThat(json.at("/kind").asText()).isEqualTo("safetensors");
        assertThat(json.at("/recipes/0/recipe").asText()).isEqualTo("sprites");
        assertThat(json.at("/tensors/0/shape").isArray()).isTrue();
    }

    @Test
    void namesSizesThatAnImportWouldTake() throws IOException {
        Path file = folder.resolve("theirs.safetensors");
        Safetensors.write(file, GoldenWeights.unet(1, 8, 28, 10), Map.of());
        assertThat(Terminal.run("inspect", file).succeeded().out())
                .contains("fits mnist-diffusion (diffusion) with model.width=8");
    }

    @Test
    void saysWhatAnImportWouldNeed() throws IOException {
        Path file = folder.resolve("published.safetensors");
        Safetensors.write(file, GoldenWeights.withoutShortcut(GoldenWeights.unet(3, 8, 16, 5)), Map.of());
        assertThat(Terminal.run("inspect", file).succeeded().out())
                .contains("like sprites (diffusion), but: The weights lack init_conv.shortcut");
    }

    @Test
    void recognisesTheAutoencoderInDiffusersNames() throws IOException {
        Path file = folder.resolve("vae.safetensors");
        Safetensors.write(file, GoldenWeights.autoencoder(), Map.of());
        assertThat(Terminal.run("inspect", file).succeeded().out())
                .contains("fits faces-autoencoder (autoencoder) with model.multipliers=[1,2]");
    }

    @Test
    void arraysHaveFacts() throws IOException {
        Path array = folder.resolve("x.npy");
        Npy.write(array, NdArray.of(new float[] {1, 2, Float.NaN, 6}, 2, 2));
        assertThat(Terminal.run("inspect", array).succeeded().out())
                .contains("float32", "[2, 2]", "values 1.00000 to 6.00000, mean 3.00000, 1 not finite");
        Path archive = folder.resolve("x.npz");
        Npz.write(archive, Map.of("a", NdArray.of(new float[] {1}, 1)));
        assertThat(Terminal.run("inspect", archive).succeeded().out())
                .contains("NumPy archive", "No shipped recipe has a network with these names.");
    }

    @Test
    void whatCannotBeReadIsOneSentence() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.pth"), "only words");
        Terminal.run("inspect", text).failed(1, "notes.pth", "weights come as safetensors");
        Terminal.run("inspect", Files.writeString(folder.resolve("x.npy"), "only words"))
                .failed(1, "x.npy");
        Terminal.run("inspect", folder).failed(1, "config.json");
        Terminal.run("inspect", folder.resolve("gone")).failed(1, "There is no");
        Terminal.run("inspect").failed(2, "FILE|FOLDER");
    }
}
