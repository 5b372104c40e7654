package io.inkstone.fuzz;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.array.Npz;
import io.inkstone.data.DataSet;
import io.inkstone.data.PackedCache;
import io.inkstone.data.Preparation;
import io.inkstone.data.Transform;
import io.inkstone.data.convert.Conversion;
import io.inkstone.data.convert.Form;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.recipe.Recipes;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.pickle.TorchWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Sound inputs of every reader, as small as can be: what a search for bad ones starts from. */
final class ReaderSeeds {
    /** A picture of 2×2. */
    static final byte[] PICTURE = picture();

    private static final Map<String, NdArray> WEIGHTS =
            Map.of("a", NdArray.of(new float[] {1, 2, 3, 4}, 2, 2), "b.weight", NdArray.of(new float[] {5}, 1));

    private ReaderSeeds() {}

    /** @param folder empty, for what only writes files */
    static List<byte[]> of(Reader reader, Path folder) throws IOException {
        return switch (reader) {
            case SAFETENSORS -> List.of(written(folder, file -> Safetensors.write(file, WEIGHTS, Map.of("k", "v"))));
            case LORA -> List.of(written(folder, file -> Safetensors.write(file, lora(), Map.of())));
            case TORCH -> List.of(written(folder, file -> TorchWriter.write(file, WEIGHTS)));
            case NPY -> List.of(written(folder, file -> Npy.write(file, WEIGHTS.get("a"))));
            case NPZ -> List.of(written(folder, file -> Npz.write(file, WEIGHTS)));
            case ARRAY_OF_PICTURES ->
                List.of(written(folder, file -> Npy.write(file, NdArray.of(new byte[2 * 4 * 4 * 3], 2, 4, 4, 3))));
            case IDX -> List.of(both(idx(3, 2, 2, 2), idx(1, 2)));
            case CIFAR ->
                List.of(both(
                        pickle("\u0080\u0002}q\u0000."),
                        pickle("\u0080\u0002}q\u0000(U\u000blabel_namesq\u0001]q\u0002u.")));
            case PARQUET -> converted(Form.PARQUET, folder, ".parquet");
            case ARROW ->
                List.of(
                        resource("saved/data-00000-of-00001.arrow"),
                        resource("arrow/large.arrow"),
                        resource("arrow/view.arrow"));
            case TAR -> converted(Form.WEBDATASET, folder, ".tar");
            case ZIP -> List.of(zip());
            case PNG_TEXT -> List.of(PICTURE);
            case PACKED -> List.of(written(folder, ReaderSeeds::packed));
            case RECIPE ->
                Stream.of(
                                "sprites",
                                "fashion-gan",
                                "faces-vae",
                                "faces-autoencoder",
                                "faces-latent-diffusion",
                                "sprites-modern")
                        .map(name ->
                                Recipes.print(Recipes.load(name, List.of())).getBytes(StandardCharsets.UTF_8))
                        .toList();
            default -> texts(reader);
        };
    }

    private static List<byte[]> texts(Reader reader) {
        List<String> texts =
                switch (reader) {
                    case CAPTIONS ->
                        List.of(
                                "\0{\"file_name\": \"0.png\", \"text\": \"a hat\", \"label\": \"x\"}\n",
                                "\1file_name,text\n0.png,\"a, \"\"hat\"\"\"\n",
                                "\2a hat\n",
                                "\3{\"images\": [{\"id\": 1, \"file_name\": \"0.png\"}], \"annotations\": [{\"image_id\": 1, \"caption\": \"a\"}]}",
                                "\0041\nHat Bald\n0.png 1 -1\n");
                    case WISH ->
                        List.of(
                                "{\"kind\": \"draw\", \"count\": 2, \"seed\": 1, \"labels\": [\"a\", \"b\"], \"sampling\": {\"sampler\": \"ddim\", \"steps\": 5}}",
                                "{\"kind\": \"walk\", \"dimension\": 1}");
                    case PROMPT -> List.of("a (red:1.3) [hat] ((x)) \\(y\\) BREAK z");
                    case VOCABULARY ->
                        List.of(
                                "\0{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"a</w>\": 1}, \"merges\": [\"a a</w>\"]}, \"added_tokens\": []}",
                                "\1{\"a\": 0, \"a</w>\": 1}",
                                "\2#version: 0.2\na b\n",
                                "\3" + new String(zipped("title\na b\n"), StandardCharsets.ISO_8859_1));
                    case CONFIG ->
                        List.of(
                                "\0{\"_class_name\": \"DDIMScheduler\", \"beta_start\": 0.00085, \"beta_end\": 0.012, \"beta_schedule\": \"scaled_linear\", \"num_train_timesteps\": 1000}",
                                "\1{\"_class_name\": \"AutoencoderKL\", \"block_out_channels\": [32, 64], \"layers_per_block\": 1}",
                                "\2{\"hidden_size\": 32, \"num_hidden_layers\": 2, \"num_attention_heads\": 4, \"intermediate_size\": 64, \"vocab_size\": 100}",
                                "\3{\"_class_name\": \"UNet2DConditionModel\", \"block_out_channels\": [32, 64], \"cross_attention_dim\": 32}",
                                "\4{\"_class_name\": \"UNet2DConditionModel\"}");
                    case STATE ->
                        List.of(
                                "{\"format\": 1, \"position\": {\"step\": 3, \"epoch\": 0, \"inEpoch\": 30, \"accumulated\": 0, \"openPictures\": 0, \"batches\": 3, \"pictures\": 30, \"seconds\": 1.5}, \"precision\": \"float32\", \"threads\": 2}");
                    default ->
                        List.of(
                                "{\"source\": \"x\", \"classes\": [\"a\"], \"training\": {\"pictures\": 2, \"list\": \"00\"}, \"heldOut\": {\"pictures\": 0, \"list\": \"\"}}");
                };
        return texts.stream()
                .map(text -> text.getBytes(
                        text.charAt(0) == 3 && reader == Reader.VOCABULARY
                                ? StandardCharsets.ISO_8859_1
                                : StandardCharsets.UTF_8))
                .toList();
    }

    private static Map<String, NdArray> lora() {
        return Map.of(
                "unet.down.to_q.lora_A.weight", NdArray.of(new float[8], 2, 4),
                "unet.down.to_q.lora_B.weight", NdArray.of(new float[8], 4, 2),
                "lora_te_text_model_fc1.alpha", NdArray.of(new float[] {1}, 1));
    }

    private interface Writing {
        void to(Path file) throws IOException;
    }

    private static byte[] resource(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/io/inkstone/data/written", name));
    }

    private static byte[] written(Path folder, Writing writing) throws IOException {
        Path file = folder.resolve("seed");
        writing.to(file);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    private static byte[] picture() {
        try {
            Path file = Files.createTempDirectory("seed").resolve("x.png");
            PictureFile.write(file, new Pixels(2, 2, 3, new byte[12]), Map.of("recipe", "seed: 1"));
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(file.getParent());
            return bytes;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static DataSet pictures(Path folder) throws IOException {
        for (String label : List.of("a", "b")) {
            Files.write(Files.createDirectories(folder.resolve(label)).resolve("0.png"), PICTURE);
        }
        return DataSource.open(folder);
    }

    private static void packed(Path file) throws IOException {
        Path folder = Files.createTempDirectory("seed");
        try (DataSet set = pictures(folder)) {
            Transform same = Transform.fit(set.info(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
            PackedCache.write(file, Preparation.of(same).prepare(set.train()), "seed", done -> {});
        }
    }

    private static List<byte[]> converted(Form form, Path folder, String end) throws IOException {
        List<byte[]> all = new ArrayList<>();
        Path out = Files.createTempDirectory("seed").resolve("out");
        try (DataSet set = pictures(Files.createDirectory(folder.resolve("from")))) {
            Conversion.write(set, form, out, done -> {});
        }
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(path -> path.toString().endsWith(end)).toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("x/a/0.png", "x/b/0.png")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(PICTURE);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] pickle(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An IDX file of bytes: zeros in that shape. */
    private static byte[] idx(int dimensions, int... shape) {
        int values = 1;
        for (int size : shape) {
            values *= size;
        }
        byte[] file = new byte[4 + 4 * dimensions + values];
        file[2] = 8;
        file[3] = (byte) dimensions;
        for (int i = 0; i < dimensions; i++) {
            file[4 + 4 * i + 3] = (byte) shape[i];
        }
        return file;
    }

    private static byte[] both(byte[] one, byte[] other) {
        byte[] all = new byte[2 + one.length + other.length];
        all[0] = (byte) (one.length >> 8);
        all[1] = (byte) one.length;
        System.arraycopy(one, 0, all, 2, one.length);
        System.arraycopy(other, 0, all, 2 + one.length, other.length);
        return all;
    }
}
