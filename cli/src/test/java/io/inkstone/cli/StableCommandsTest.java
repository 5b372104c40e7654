package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.models.stable.PublishedCase;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words into pictures, from a small folder whose weights are a formula. */
class StableCommandsTest {
    @TempDir
    static Path folder;

    private static PublishedCase published;
    private static Path theirs;
    private static Path run;
    private static Path picture;

    @BeforeAll
    static void prepare() throws IOException {
        published = PublishedCase.named("sd1");
        theirs = published.save(Files.createDirectory(folder.resolve("theirs")));
        run = folder.resolve("run");
        Terminal.run("import", theirs, "--recipe", "stable-diffusion", "--out", run)
                .succeeded();
        picture = folder.resolve("grey.png");
        PictureFile.write(picture, Pixels.filled(32, 32, 0x808080));
        Pixels mask = Pixels.filled(32, 32, 0);
        Arrays.fill(mask.data(), 0, 32 * 16 * 3, (byte) 255);
        PictureFile.write(folder.resolve("upper.png"), mask);
    }

    /** The reference's pictures, by the words of the reference's case, from the folder and from a run of it. */
    @Test
    void drawsTheReferencePictures() throws IOException {
        JsonNode settings = published.settings();
        Path noise = folder.resolve("noise.npy");
        Npy.write(noise, published.array("noise"));
        for (Path place : new Path[] {theirs, run}) {
            Path out = folder.resolve("drawn.npy");
            Terminal.run(
                            "sample",
                            place,
                            "--prompt",
                            settings.get("prompt").asText(),
                            "--negative-prompt",
                            settings.get("negative").asText(),
                            "--guidance",
                            settings.get("guidance").asText(),
                            "--steps",
                            settings.get("steps").asText(),
                            "--noise",
                            noise,
                            "--precision",
                            "float32", // as the reference; auto is bfloat16 on some processors
                            "--out",
                            out)
                    .succeeded();
            try (Scope scope = Scope.open()) {
                published.assertMatches(Tensors.of(Npy.read(out)), "pictures", 1e-3);
            }
        }
    }

    /** A picture carries its words and is drawn again from them; LoRA, size and reading belong to it. */
    @Test
    void redrawsAPictureFromItself() throws IOException {
        Path lora = folder.resolve("lora.safetensors");
        float[] ones = new float[32];
        Arrays.fill(ones, 0.3f);
        String key = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_v.";
        Safetensors.write(
                lora,
                Map.of(
                        key + "lora_down.weight", NdArray.of(ones, 1, 32),
                        key + "lora_up.weight", NdArray.of(ones, 32, 1)),
                Map.of());
        Path plain = folder.resolve("plain.png");
        Path changed = folder.resolve("changed.png");
        Path again = folder.resolve("again.png");
        String[] words = {"--prompt", "a (red:1.4) fox", "--prompt-weights", "--clip-skip", "1", "--size", "24x16"};
        Terminal.run(line(words, "sample", run, "--count", 1, "--steps", 2, "--out", plain))
                .succeeded();
        Terminal.run(line(words, "sample", run, "--count", 1, "--steps", 2, "--lora", lora + "=0.8", "--out", changed))
                .succeeded();
        Terminal.run("sample", "--like", changed, "--out", again).succeeded();
        assertThat(PictureFile.read(changed).data())
                .isEqualTo(PictureFile.read(again).data())
                .isNotEqualTo(PictureFile.read(plain).data());
        assertThat(PictureFile.read(plain).width())
                .isGreaterThan(PictureFile.read(plain).height());
    }

    private static Object[] line(String[] words, Object... before) {
        Object[] all = Arrays.copyOf(before, before.length + words.length, Object[].class);
        System.arraycopy(words, 0, all, before.length, words.length);
        return all;
    }

    @Test
    void changesPicturesByAPrompt() throws IOException {
        for (String[] way : new String[][] {
            {"edit", "--strength", "0.5"},
            {"variations", "--strength", "0.5", "--count", "2"},
            {"inpaint", "--mask", folder.resolve("upper.png").toString(), "--rounds", "1"}
        }) {
            Path out = folder.resolve(way[0] + ".npy");
            Object[] line = {
                way[0],
                theirs,
                "--images",
                picture,
                "--prompt",
                "a fox",
                "--guidance",
                "3",
                "--steps",
                "4",
                "--out",
                out
            };
            Terminal.run(line(Arrays.copyOfRange(way, 1, way.length), line)).succeeded();
            NdArray drawn = Npy.read(out);
            assertThat(drawn.shape()).endsWith(3, 32, 32);
            if (way[0].equals("inpaint")) {
                float[] values = drawn.toFloats();
                assertThat(values[31 * 32]).isEqualTo((128 - 127.5f) / 127.5f);
            }
        }
    }

    /** What stays of a picture that is filled stays in its place, in a size that is neither the picture's nor square. */
    @Test
    void changesPicturesInAnotherSize() throws IOException {
        Path out = folder.resolve("wide.npy");
        Object[] words = {"--images", picture, "--prompt", "a fox", "--steps", 2, "--size", "48x32", "--out", out};
        for (String[] way : new String[][] {
            {"edit", "--strength", "0.5"},
            {"variations", "--strength", "0.5", "--count", "2"},
            {"inpaint", "--mask", folder.resolve("upper.png").toString(), "--rounds", "1"}
        }) {
            String[] own = Arrays.copyOfRange(way, 1, way.length);
            List<Object> line = new ArrayList<>(List.of(way[0], theirs));
            line.addAll(List.of(words));
            Terminal.run(line(own, line.toArray())).succeeded();
            NdArray drawn = Npy.read(out);
            assertThat(drawn.shape()).endsWith(3, 32, 48);
            if (way[0].equals("inpaint")) {
                float[] values = drawn.toFloats();
                assertThat(values[31 * 48]).isEqualTo((128 - 127.5f) / 127.5f);
                assertThat(values[0]).isNotEqualTo(values[31 * 48]);
            }
        }
    }

    @Test
    void refusesSizesOfChangedPictures() {
        Terminal.run("edit", theirs, "--images", picture, "--strength", "0.5", "--prompt", "a fox", "--size", "33x30")
                .failed(1, "The nearest is 34×30");
        Terminal.run("variations", theirs, "--images", picture, "--invert", "--prompt", "a fox", "--size", "48x32")
                .failed(2, "--size");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--negative-prompt=blurry | a weight of 1 is none",
                "--size=33x30 | The nearest is 34×30",
                "--labels=0 | exclude each other",
                "--context=none | exclude each other",
                "--lora=missing.safetensors | There is no LoRA file missing.safetensors",
                "--clamp | latents have none",
                "--sampler=ddpm-zero | choose another sampler",
                "--clip-skip=9 | can be skipped",
            })
    void saysWhatCannotBeDrawn(String option, String part) {
        Terminal said = Terminal.run("sample", run, "--prompt", "a fox", "--count", 1, "--steps", 1, option);
        assertThat(said.exit()).isNotZero();
        assertThat(said.err()).contains(part).doesNotContain("Exception");
    }

    @Test
    void saysWhatAFolderLacks() throws IOException {
        Path half = Files.createDirectory(folder.resolve("half"));
        Files.copy(theirs.resolve("model_index.json"), half.resolve("model_index.json"));
        Terminal.run("sample", half, "--prompt", "a fox")
                .failed(1, "lacks tokenizer and text_encoder and unet and vae and scheduler");
        Files.writeString(half.resolve("model_index.json"), "{\"_class_name\": \"StableDiffusionXLPipeline\"}");
        Terminal.run("sample", half, "--prompt", "a fox").failed(1, "cannot be drawn from yet");
        Path flux = folder.resolve("flux.safetensors");
        Safetensors.write(flux, Map.of("double_blocks.0.img_attn.qkv.weight", NdArray.of(new float[1], 1)), Map.of());
        Terminal.run("import", flux, "--recipe", "stable-diffusion", "--out", folder.resolve("no"))
                .failed(1, "of FLUX, which cannot be drawn from yet");
        assertThat(folder.resolve("no")).doesNotExist();
    }
}
