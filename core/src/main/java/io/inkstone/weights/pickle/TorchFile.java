package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.MappedFile;
import io.inkstone.array.NdArray;
import io.inkstone.array.ZipIndex;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch files: the zip archives of today and the single stream before 1.6, holding a state dict, a checkpoint around
 * one, or a whole module. Little-endian only. Nothing in a file is run; tensors are mapped where they lie in order.
 */
public final class TorchFile {
    /** The most bytes the pickle itself (not the tensors) may have. */
    static final int MAX_PICKLE = 64 << 20;

    /** How a stream before 1.6 begins: protocol 2, then the number 0x1950a86a20f9469cfc6c. */
    private static final byte[] LEGACY = {
        (byte) 0x80,
        2,
        (byte) 0x8a,
        10,
        0x6c,
        (byte) 0xfc,
        (byte) 0x9c,
        0x46,
        (byte) 0xf9,
        0x20,
        0x6a,
        (byte) 0xa8,
        0x50,
        0x19,
        '.'
    };

    private static final String PICKLE = "data.pkl";

    private TorchFile() {}

    /** Reads either format. */
    public static WeightSet read(Path path) throws IOException {
        try (MappedFile file = MappedFile.open(path)) {
            byte[] start = file.start(LEGACY.length);
            if (isLegacy(start)) {
                return legacy(file);
            }
            return zip(file, new ZipIndex(file));
        }
    }

    /** Whether a file begins as PyTorch's before 1.6 did. */
    public static boolean isLegacy(byte[] start) {
        return start.length >= LEGACY.length && Arrays.equals(start, 0, LEGACY.length, LEGACY, 0, LEGACY.length);
    }

    /** Whether an archive holds a pickle of PyTorch. */
    public static boolean isTorch(ZipIndex zip) {
        return zip.entries().keySet().stream().anyMatch(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE));
    }

    private static WeightSet zip(MappedFile file, ZipIndex zip) throws IOException {
        String name = file.path().toString();
        List<ZipIndex.Entry> pickles = zip.entries().values().stream()
                .filter(e -> e.name().equals(PICKLE) || e.name().endsWith("/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw new InputException(Words.of(
                    "%s is a zip archive with %d entries data.pkl; a PyTorch file has one.", name, pickles.size()));
        }
        String entry = pickles.get(0).name();
        String folder = entry.substring(0, entry.length() - PICKLE.length());
        checkByteOrder(zip, folder, name);
        PickleMachine machine = new PickleMachine(new PickleInput(zip.bytes(pickles.get(0), MAX_PICKLE), name), name);
        Py top = machine.run();
        Map<String, Py.Tensor> tensors = new LinkedHashMap<>();
        List<String> notes = new StateFinder(name, machine.unknown()).find(top, tensors);
        return collect(tensors, notes, new ZipStorages(zip, folder + "data/", name), file);
    }

    private static void checkByteOrder(ZipIndex zip, String folder, String name) throws IOException {
        ZipIndex.Entry order = zip.entries().get(folder + "byteorder");
        if (order != null) {
            String text = StandardCharsets.US_ASCII.decode(zip.bytes(order, 64)).toString();
            if (!text.equals("little")) {
                throw bigEndian(name, text);
            }
        }
    }

    private static InputException bigEndian(String name, String order) {
        return new InputException(Words.of(
                        "%s was written on a machine of byte order '%s'; only little-endian files can be read.",
                        name, order.length() > 10 ? order.substring(0, 10) : order)
                + " Save it again on an ordinary machine.");
    }

    private static WeightSet legacy(MappedFile file) throws IOException {
        String name = file.path().toString();
        ByteBuffer bytes = file.slice(0, Math.min(file.size(), MAX_PICKLE));
        PickleInput in = new PickleInput(bytes, name);
        new PickleMachine(in, name).run();
        if (!(new PickleMachine(in, name).run() instanceof Py.Whole version) || !version.equals(Py.Whole.of(1001))) {
            throw in.damaged("its protocol version is not 1001");
        }
        if (new PickleMachine(in, name).run() instanceof Py.Dict system
                && new Py.Truth(false).equals(system.byName.get("little_endian"))) {
            throw bigEndian(name, "big");
        }
        PickleMachine machine = new PickleMachine(in, name);
        Py top = machine.run();
        Py keys = new PickleMachine(in, name).run();
        Map<String, Py.Tensor> tensors = new LinkedHashMap<>();
        List<String> notes = new StateFinder(name, machine.unknown()).find(top, tensors);
        return collect(tensors, notes, StreamStorages.of(file, in.position(), keys, machine.storages()), file);
    }

    private static WeightSet collect(
            Map<String, Py.Tensor> tensors, List<String> notes, StorageSource source, MappedFile file)
            throws IOException {
        TensorReader reader = new TensorReader(source, file.path().toString(), file.size());
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        for (var named : tensors.entrySet()) {
            arrays.put(named.getKey(), reader.read(named.getKey(), named.getValue()));
        }
        return new WeightSet(arrays, Map.of(), notes);
    }
}
