package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.PngText;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codes of pictures, and walks among them, on a tiny VAE. */
class CodeCommandsTest {
    @TempDir
    static Path folder;

    private static Path sprites;
    private static Path faces;

    @BeforeAll
    static void train() throws IOException {
        Path data = TinyRuns.data(folder);
        sprites = TinyRuns.sprites(folder, data);
        faces = TinyRuns.faces(folder, data);
    }

    @Test
    void goesThroughCodesAndBack() throws IOException {
        Path pictures = folder.resolve("x.npy");
        Npy.write(pictures, NdArray.of(new float[2 * 3 * 16 * 16], 2, 3, 16, 16));
        Path moments = folder.resolve("h.npy");
        Path codes = folder.resolve("z.npy");
        Path decoded = folder.resolve("y.npy");
        Path reconstructed = folder.resolve("r.npy");
        Terminal.run("encode", faces, "--images", pictures, "--moments", "--out", moments)
                .succeeded();
        Terminal.run("encode", faces, "--images", pictures, "--out", codes).succeeded();
        Terminal.run("decode", faces, "--latents", codes, "--out", decoded).succeeded();
        Terminal.run("reconstruct", faces, "--images", pictures, "--out", reconstructed)
                .succeeded();
        assertThat(Npy.read(moments).shape()).containsExactly(2, 12);
        assertThat(Npy.read(codes).shape()).containsExactly(2, 6);
        assertThat(decoded).hasSameBinaryContentAs(reconstructed);
        Path scaled = folder.resolve("zs.npy");
        Path back = folder.resolve("ys.npy");
        Terminal.run("encode", faces, "--images", pictures, "--scaled", "--out", scaled)
                .succeeded();
        Terminal.run("decode", faces, "--latents", scaled, "--scaled", "--out", back)
                .succeeded();
        assertThat(Npy.read(scaled)).isNotEqualTo(Npy.read(codes));
        assertThat(Npy.read(back).toFloats()).containsExactly(Npy.read(decoded).toFloats(), within(1e-5f));
    }

    @Test
    void wandersThroughCodes() throws IOException {
        for (String[] words : new String[][] {
            {"interpolate", "--seeds", "1", "2", "--spherical"},
            {"walk", "--dimension", "3"},
        }) {
            Path out = folder.resolve(words[0] + ".npy");
            List<Object> line = new ArrayList<>(List.of(words));
            line.add(1, faces);
            line.addAll(List.of("--count", 5, "--out", out));
            Terminal.run(line.toArray()).succeeded();
            assertThat(Npy.read(out).shape()).containsExactly(5, 3, 16, 16);
        }
        Path noise = folder.resolve("noise.npy");
        Terminal.run("interpolate", sprites, "--seeds", 1, 2, "--spherical", "--count", 3, "--out", noise)
                .succeeded();
        assertThat(Npy.read(noise).shape()).containsExactly(3, 3, 16, 16);
    }

    /** Nine pictures in two blocks of at most eight columns: the edit, the reconstruction, the input. */
    @Test
    void addsAttributes() throws IOException {
        Path picture = folder.resolve("face.png");
        PictureFile.write(picture, Pixels.filled(16, 16, 0x808080));
        List<Object> line = new ArrayList<>(List.of("edit", faces, "--images"));
        line.addAll(Collections.nCopies(9, picture));
        line.addAll(List.of("--add", "bright=1.5", "--out"));
        Path sheet = folder.resolve("edit.png");
        Terminal.run(with(line, sheet)).succeeded();
        Pixels drawn = PictureFile.read(sheet);
        assertThat(drawn.width()).isBetween(8 * 64, 9 * 64 + 64);
        assertThat(drawn.height()).isBetween(6 * 64, 7 * 64);
        assertThat(PngText.read(sheet).get("inkstone.edit")).contains("\"add\":{\"bright\":1.5}", "face.png");
        Path array = folder.resolve("edit.npy");
        Terminal.run(with(line, array)).succeeded();
        assertThat(Npy.read(array).shape()).containsExactly(9, 3, 16, 16);
        Path plain = folder.resolve("plain.npy");
        Terminal.run("reconstruct", faces, "--images", picture, "--out", plain).succeeded();
        assertThat(Npy.read(array).rows(0, 1)).isNotEqualTo(Npy.read(plain));
        Terminal.run("edit", faces, "--images", picture, "--add", "brigth=1", "--out", sheet)
                .failed(1, "There is no attribute 'brigth'. Did you mean bright?");
    }

    private static Object[] with(List<Object> line, Path out) {
        List<Object> all = new ArrayList<>(line);
        all.add(out);
        return all.toArray();
    }

    /** A set sorted by class is looked through to its end; an attribute that all pictures have, or none, is no direction. */
    @Test
    void attributesNeedPicturesWithAndWithout() throws IOException {
        Path sorted = attributes("sorted", 1200, index -> index < 1100 ? 0 : 1);
        Path picture = folder.resolve("one.png");
        PictureFile.write(picture, Pixels.filled(16, 16, 0x808080));
        Path out = folder.resolve("sorted.png");
        Terminal.run("edit", faces, "--images", picture, "--data", sorted, "--add", "dark=1", "--out", out)
                .succeeded();
        Path alike = attributes("alike", 5, index -> 0);
        Path none = folder.resolve("none.png");
        Terminal.run("edit", faces, "--images", picture, "--data", alike, "--add", "dark=1", "--out", none)
                .failed(1, "Of the 5 pictures of pictures.npy that were looked at, all have 'dark'", "--data");
        Terminal.run("edit", faces, "--images", picture, "--data", alike, "--add", "bright=1", "--out", none)
                .failed(1, "none has 'bright'");
        assertThat(none).doesNotExist();
    }

    private static Path attributes(String name, int count, IntUnaryOperator label) throws IOException {
        Path set = Files.createDirectory(folder.resolve(name));
        float[] labels = new float[2 * count];
        for (int i = 0; i < count; i++) {
            labels[2 * i + label.applyAsInt(i)] = 1;
        }
        Npy.write(set.resolve("pictures.npy"), NdArray.of(new byte[count * 768], count, 16, 16, 3));
        Npy.write(set.resolve("labels.npy"), NdArray.of(labels, count, 2));
        Files.writeString(set.resolve("classes.txt"), "dark\nbright\n");
        return set;
    }

    /** Captions that nobody can read as ids, and pictures that cannot be read, are not passed over in silence. */
    @Test
    void encodesMomentsAndSaysWhatIsLeftOut() throws IOException {
        Path captioned = Files.createDirectory(folder.resolve("captioned"));
        for (String name : new String[] {"a.png", "b.png"}) {
            PictureFile.write(captioned.resolve(name), Pixels.filled(16, 16, 0x808080));
        }
        Files.writeString(captioned.resolve("c.png"), "no picture");
        Files.writeString(
                captioned.resolve("metadata.jsonl"),
                """
                {"file_name": "a.png", "text": "one"}
                {"file_name": "b.png", "text": "two"}
                {"file_name": "c.png", "text": "three"}
                """);
        Path out = folder.resolve("moments.safetensors");
        Terminal.run("encode", faces, "--data", captioned, "--out", out).failed(1, "c.png");
        Terminal encoded = Terminal.run(
                        "encode", faces, "--data", captioned, "--skip-damaged", "--moments", "--out", out)
                .succeeded();
        assertThat(encoded.err())
                .contains(
                        "1 picture was left out because it cannot be used.",
                        "captioned are left out: caption ids need a CLIP vocabulary");
        assertThat(Safetensors.read(out).tensors().get("moments").shape()).containsExactly(2, 12);
    }

    /** All of a set where nothing else is asked for; what a part leaves out is named. */
    @Test
    void encodesTheParts() throws IOException {
        Path set = Files.createDirectory(folder.resolve("parts"));
        for (int i = 1; i <= 4; i++) {
            PictureFile.write(set.resolve(i + ".png"), Pixels.filled(16, 16, 0x204060 * i));
        }
        Files.writeString(set.resolve("list_attr_celeba.txt"), "4\nHat\n1.png 1\n2.png 1\n3.png -1\n4.png -1\n");
        Files.writeString(set.resolve("list_eval_partition.txt"), "1.png 0\n2.png 1\n3.png 2\n4.png 0\n");
        Path out = folder.resolve("parts.safetensors");
        Terminal whole =
                Terminal.run("encode", faces, "--data", set, "--out", out).succeeded();
        assertThat(whole.err()).doesNotContain("left out");
        assertThat(hats(out)).containsExactly(1, 0, 1, 0);
        assertThat(Safetensors.header(out).metadata()).containsEntry("part", "all");
        Terminal train = Terminal.run("encode", faces, "--data", set, "--part", "train", "--out", out)
                .succeeded();
        assertThat(train.err()).contains("left out: validation (1 picture), test (1 picture)", "The part 'all'");
        assertThat(hats(out)).containsExactly(1, 0);
        Terminal test = Terminal.run("encode", faces, "--data", set, "--part", "test", "--out", out)
                .succeeded();
        assertThat(test.err()).contains("left out: train (2 pictures), validation (1 picture)");
        assertThat(hats(out)).containsExactly(0);
        Terminal.run("encode", faces, "--data", folder.resolve("data"), "--part", "test", "--out", out)
                .failed(1, "has no test part; it has only: train");
        Terminal.run("encode", faces, "--images", set, "--part", "test", "--out", out)
                .failed(2, "--part", "are for data");
    }

    private static float[] hats(Path exported) throws IOException {
        return Safetensors.read(exported).tensors().get("context").toFloats();
    }

    /** Chunk by chunk into one file what --images would encode at once. */
    @Test
    void encodesAWholeSet() throws IOException {
        Path set = folder.resolve("set.safetensors");
        Path data = folder.resolve("data");
        Terminal.run("encode", faces, "--data", data, "--out", set).succeeded();
        WeightSet written = Safetensors.read(set);
        assertThat(written.tensors()).containsOnlyKeys("context", "latents");
        assertThat(written.tensors().get("context").shape()).containsExactly(60, 2);
        byte[] pixels = new byte[60 * 768];
        Npy.read(data.resolve("pictures.npy")).data().get(pixels);
        float[] chw = new float[60 * 768];
        for (int i = 0; i < chw.length; i++) {
            int inPicture = i % 768;
            chw[i / 768 * 768 + inPicture % 3 * 256 + inPicture / 3] = (pixels[i] & 255) / 255f;
        }
        Path pictures = folder.resolve("all.npy");
        Path codes = folder.resolve("all-codes.npy");
        Npy.write(pictures, NdArray.of(chw, 60, 3, 16, 16));
        Terminal.run("encode", faces, "--images", pictures, "--out", codes).succeeded();
        assertThat(written.tensors().get("latents").toFloats())
                .containsExactly(Npy.read(codes).toFloats(), within(1e-4f));
    }
}
