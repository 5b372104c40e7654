package io.inkstone.fuzz;

import io.inkstone.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a coverage-guided fuzzer calls, in its form: a reader named in its arguments, and one input after another. What it
 * throws is a fault.
 */
public final class FuzzTarget {
    private static Reader reader;
    private static Place place;

    private FuzzTarget() {}

    /** @param words the name of a {@link Reader} */
    public static void fuzzerInitialize(String[] words) throws IOException {
        reader = Reader.valueOf(words[0]);
        place = place();
        // The first of each kind loads and instruments hundreds of classes: that is not the time of an input.
        for (byte[] seed : ReaderSeeds.of(reader, Files.createTempDirectory("seeds"))) {
            read(reader, seed, place);
        }
    }

    /** After the last input. */
    public static void fuzzerTearDown() throws IOException {
        place.remove();
    }

    /** A new folder, in memory where the system has such a place. */
    static Place place() throws IOException {
        Path memory = Path.of("/dev/shm");
        return new Place(
                Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "inkstone-fuzz")
                        : Files.createTempDirectory("inkstone-fuzz"));
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        read(reader, input, place);
    }

    static void read(Reader reader, byte[] input, Place place) throws IOException {
        try {
            reader.read(input, place);
        } catch (InputException | IOException | UncheckedIOException sentence) {
            // what was wanted
        } finally {
            place.empty();
        }
    }
}
