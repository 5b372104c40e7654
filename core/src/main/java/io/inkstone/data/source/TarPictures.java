package io.inkstone.data.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.MappedFile;
import io.inkstone.array.ParallelPass;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Tars in the form of WebDataset, or of folders of pictures; {@code .tar.gz} is unpacked into the temporary folder. */
final class TarPictures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TarPictures() {}

    static boolean isTar(Path file) {
        String name = Folders.name(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".tar") || isPacked(name);
    }

    private static boolean isPacked(String name) {
        return name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    static Optional<Finding> find(Origin origin) throws IOException {
        List<Path> tars =
                Folders.files(origin.root()).stream().filter(TarPictures::isTar).toList();
        if (tars.isEmpty()) {
            return Optional.empty();
        }
        if (tars.get(0).getFileSystem() != FileSystems.getDefault()) {
            throw new InputException(Words.of("%s holds tars; unpack it and point at the folder.", origin.name()));
        }
        String seen = tars.get(0).getFileName() + (tars.size() > 1 ? ", …" : "");
        return Optional.of(new Finding(Finding.Kind.TAR, seen, seen, () -> open(origin, tars)));
    }

    /** Opens tars; those that are called like held-out parts are held out. */
    static DataSet open(Origin origin, List<Path> tars) throws IOException {
        return PartFiles.open(origin, tars, part -> part(origin, part));
    }

    private static DataSet part(Origin origin, List<Path> paths) throws IOException {
        List<Path> plains = new ArrayList<>();
        List<MappedFile> files = new ArrayList<>();
        List<Path> unpacked = new ArrayList<>();
        Runnable close = () -> close(files, unpacked);
        try {
            for (Path path : paths) {
                Path plain = isPacked(Folders.name(path)) ? unpacked(path, origin.left()) : path;
                if (plain != path) {
                    unpacked.add(plain);
                }
                plains.add(plain);
                files.add(MappedFile.open(plain));
            }
            return set(
                    origin,
                    new TarSamples(indices(plains, origin.options().image().orElse(""))),
                    files,
                    close);
        } catch (IOException | RuntimeException e) {
            close.run();
            throw e;
        }
    }

    /** Looks through several tars at once. */
    private static List<TarIndex> indices(List<Path> tars, String image) throws IOException {
        TarIndex[] indices = new TarIndex[tars.size()];
        try {
            ParallelPass.over(
                    indices.length,
                    i -> {
                        try {
                            indices[i] = TarIndexCache.index(tars.get(i), image);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    done -> {});
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return List.of(indices);
    }

    private static DataSet set(Origin origin, TarSamples samples, List<MappedFile> files, Runnable close)
            throws IOException {
        if (samples.count() == 0) {
            throw new InputException(Words.of("%s holds no pictures that can be read.", origin.name()));
        }
        samples.sayUnread(origin.left());
        TarFolders folders = TarFolders.of(origin, samples);
        DataInfo labelled = folders.labels().describe(DataInfo.of(origin.name(), samples.count(), Optional.empty(), 3));
        PictureSet all = new EncodedPictures(
                samples.captioned() ? labelled.withCaptions() : labelled,
                index -> samples.picture(index, files),
                index -> new Entry(
                        samples.name(index), folders.labels().contexts()[index], captions(samples.text(index, files))),
                close);
        return folders.parts().isEmpty() ? DataSet.of(all) : PartIndices.of(all, folders.parts(), origin.left());
    }

    /** Lines of a text, or the caption in an object as img2dataset writes it. */
    private static List<String> captions(String text) {
        if (!text.startsWith("{")) {
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
        try {
            JsonNode node = JSON.readTree(text);
            for (String key : List.of("caption", "text", "prompt")) {
                if (node.path(key).isTextual()) {
                    return List.of(node.path(key).textValue());
                }
            }
            return List.of();
        } catch (IOException noObject) {
            return List.of(text);
        }
    }

    private static Path unpacked(Path packed, LeftOut left) throws IOException {
        Path plain = Files.createTempFile("inkstone-", ".tar");
        plain.toFile().deleteOnExit();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed), 1 << 16)) {
            Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
        } catch (ZipException | EOFException e) {
            Files.delete(plain);
            throw new InputException(
                    Words.of("%s is cut short or damaged (%s). Fetch it again.", packed, e.getMessage()), e);
        }
        left.note(Words.of(
                "%s was unpacked into the temporary folder (%,d MB), because packed tars cannot be read in any order.",
                packed.getFileName(), Files.size(plain) >> 20));
        return plain;
    }

    private static void close(List<MappedFile> files, List<Path> unpacked) {
        try {
            for (MappedFile file : files) {
                file.close();
            }
            for (Path file : unpacked) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
