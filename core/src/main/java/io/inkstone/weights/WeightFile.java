package io.inkstone.weights;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.FileStart;
import io.inkstone.array.MappedFile;
import io.inkstone.array.Npz;
import io.inkstone.array.ZipIndex;
import io.inkstone.weights.pickle.TorchFile;
import io.inkstone.weights.pickle.TorchWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads weights from whatever a path holds: the reader is chosen by content, never by extension. */
public final class WeightFile {
    /** Under this key the metadata of a folder in diffusers' layout holds the text of its {@code config.json}. */
    public static final String CONFIG = "config.json";

    /** Under this key a run's weights hold the factor that gives their latents a standard deviation of 1, if it is known. */
    public static final String LATENT_SCALE = "latentScale";

    /** Under this key exported weights of the autoencoder name the groups of its norms, which no shape tells. */
    public static final String NORM_GROUPS = "normGroups";

    private WeightFile() {}

    /** What a path turned out to hold. */
    public enum Kind {
        SAFETENSORS("safetensors"),
        TORCH("PyTorch zip archive"),
        TORCH_LEGACY("PyTorch stream (before 1.6)"),
        NPZ("NumPy archive"),
        DIFFUSERS_FOLDER("diffusers folder");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** Looks at the content; what is no weight file is an {@link InputException} that says what was seen. */
    public static Kind kind(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            WeightFolder.find(path);
            return Kind.DIFFUSERS_FOLDER;
        }
        try (MappedFile file = MappedFile.open(path)) {
            byte[] start = file.start(FileStart.LENGTH);
            if (Safetensors.looksLike(start, file.size())) {
                return Kind.SAFETENSORS;
            }
            if (TorchFile.isLegacy(start)) {
                return Kind.TORCH_LEGACY;
            }
            if (start.length > 3 && start[0] == 'P' && start[1] == 'K') {
                ZipIndex zip = new ZipIndex(file);
                if (TorchFile.isTorch(zip)) {
                    return Kind.TORCH;
                }
                if (!zip.entries().isEmpty()
                        && zip.entries().keySet().stream().allMatch(name -> name.endsWith(".npy"))) {
                    return Kind.NPZ;
                }
            }
            throw new InputException(Words.of(
                            "%s is %s; weights come as safetensors, PyTorch (.pth, .pt, .ckpt), .npz or a folder",
                            path, seen(start))
                    + " with config.json and diffusion_pytorch_model.safetensors.");
        }
    }

    /** Reads all tensors; what wrappers of training put before every name is taken away, see {@link NamePrefixes}. */
    public static WeightSet read(Path path) throws IOException {
        return NamePrefixes.common(
                switch (kind(path)) {
                    case SAFETENSORS -> Safetensors.read(path);
                    case TORCH, TORCH_LEGACY -> TorchFile.read(path);
                    case NPZ -> WeightSet.of(Npz.read(path));
                    case DIFFUSERS_FOLDER -> {
                        try (WeightSource folder = WeightSource.open(path)) {
                            yield folder.set();
                        }
                    }
                });
    }

    /** Writes by extension: {@code .safetensors} (with metadata), {@code .pth}, {@code .pt} or {@code .npz}. */
    public static void write(Path path, WeightSet set) throws IOException {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            Safetensors.write(path, set);
        } else if (name.endsWith(".pth") || name.endsWith(".pt")) {
            TorchWriter.write(path, set.tensors());
        } else if (name.endsWith(".npz")) {
            Npz.write(path, set.tensors());
        } else {
            throw new InputException(path + ": weights are written as .safetensors, .pth, .pt or .npz. Choose one of"
                    + " these endings.");
        }
    }

    private static String seen(byte[] start) {
        if (start.length > 2 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= 5) {
            return "a Python pickle that PyTorch did not write";
        }
        return FileStart.describe(start);
    }
}
