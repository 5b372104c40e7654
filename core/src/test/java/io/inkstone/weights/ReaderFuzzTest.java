package io.inkstone.weights;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.array.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Every reader, on real files that were cut, flipped, stretched or overwritten: the answer is a set of weights or an
 * InputException or IOException, nothing else. {@code -Dinkstone.fuzz=100000} tries more.
 */
class ReaderFuzzTest {
    private static final int TRIES = Integer.getInteger("inkstone.fuzz", 2000);
    private static final Path RESOURCES = Path.of("src/test/resources/io/inkstone");
    private static final List<byte[]> SEEDS = new ArrayList<>();
    private static Path folder;

    @BeforeContainer
    static void seeds() throws IOException {
        folder = Files.createTempDirectory("fuzz");
        Path path = folder.resolve("x.safetensors");
        Safetensors.write(path, Map.of("a", NdArray.of(new float[] {1, 2}, 2)), Map.of("k", "v"));
        SEEDS.add(Files.readAllBytes(path));
        for (String part : List.of("array", "weights")) {
            try (Stream<Path> files = Files.walk(RESOURCES.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    if (!file.toString().endsWith(".py") && !file.toString().endsWith(".txt")) {
                        SEEDS.add(Files.readAllBytes(file));
                    }
                }
            }
        }
    }

    @AfterContainer
    static void clean() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Provide
    Arbitrary<Long> seeds64() {
        return Arbitraries.longs();
    }

    @Property(tries = 1)
    void damagedFilesEndInASentence(@ForAll("seeds64") long seed) throws IOException {
        Random random = new Random(seed);
        Path path = folder.resolve("damaged");
        for (int i = 0; i < TRIES; i++) {
            byte[] bytes = damage(SEEDS.get(random.nextInt(SEEDS.size())), random);
            Files.write(path, bytes);
            try {
                readAll(path);
            } catch (InputException | IOException e) {
                // the sentence that was wanted
            } catch (RuntimeException | Error e) {
                Path kept = Files.write(Path.of("target/fuzz-failure"), bytes);
                throw new AssertionError("try " + i + " of seed " + seed + ", kept as " + kept, e);
            }
            Files.delete(path); // a mapped file must not be cut while it is in use
        }
    }

    private static void readAll(Path path) throws IOException {
        byte[] start = Files.readAllBytes(path);
        if (start.length > 6 && start[1] == 'N') {
            Npy.read(path).toDoubles();
            try (var in = Files.newInputStream(path)) {
                Npy.read(in, "stream", 1 << 20);
            }
            return;
        }
        if (start.length > 4 && start[0] == 'P' && start.length % 2 == 0) {
            Npz.read(path, 1 << 20).values().forEach(NdArray::toDoubles);
        }
        WeightFile.read(path).tensors().values().forEach(NdArray::toDoubles);
    }

    private static byte[] damage(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
                case 4 -> {
                    // a huge or a negative length
                    for (int j = at; j < Math.min(at + 4, bytes.length); j++) {
                        bytes[j] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
                    }
                }
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(32), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }
}
