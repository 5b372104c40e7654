package io.inkstone.data.convert;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.array.FileSteps;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Writes a set in another form. Pictures are written as PNG of what was decoded, so no pixel changes: upright, without what
 * else their files said. Attributes have no place in these forms and are refused.
 */
public final class Conversion {
    private Conversion() {}

    /** Writes one part; closed when it is over. */
    interface PartWriter extends AutoCloseable {
        /** @param png the picture */
        void add(byte[] png, Entry entry, int label) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * Writes all parts of {@code set} into a new or empty folder.
     *
     * @param progress told how many pictures were written, over all parts
     */
    public static void write(DataSet set, Form form, Path folder, IntConsumer progress) throws IOException {
        DataInfo info = set.info();
        requireWritable(info, form);
        requireEmpty(folder);
        Map<Split, PictureSet> parts = new EnumMap<>(Split.class);
        parts.put(Split.TRAIN, set.train());
        set.validation().ifPresent(part -> parts.put(Split.VALIDATION, part));
        set.test().ifPresent(part -> parts.put(Split.TEST, part));
        Files.createDirectories(folder);
        int done = 0;
        for (Map.Entry<Split, PictureSet> part : parts.entrySet()) {
            try (PartWriter writer = writer(form, folder, part.getKey(), info, parts.size() > 1)) {
                done = add(part.getValue(), writer, done, progress);
            }
        }
    }

    /** Refuses what {@code form} has no place for. */
    public static void requireWritable(DataInfo info, Form form) {
        if (!info.exclusive() && !info.classes().isEmpty()) {
            throw new InputException(Words.of(
                    "%s has attributes, of which a picture may have several; %s holds one class a picture. Keep them with data prepare.",
                    info.name(), form.word()));
        }
    }

    /**
     * Writes some pictures of a part as one Parquet file of several: {@code train-00003-of-00016.parquet} and its like in a
     * folder are read as one set. The file appears under its name when it is whole.
     *
     * @param progress told how many pictures were written; what it throws ends the writing, and nothing is left of it
     */
    public static void writeShard(PictureSet some, Path file, IntConsumer progress) throws IOException {
        requireWritable(some.info(), Form.PARQUET);
        Path open = AtomicFile.temporary(file);
        try {
            try (PartWriter writer = new ParquetWriting(open, some.info())) {
                add(some, writer, 0, progress);
            }
            FileSteps.move(open, file);
        } finally {
            FileSteps.delete(open);
        }
    }

    private static PartWriter writer(Form form, Path folder, Split part, DataInfo info, boolean several)
            throws IOException {
        return switch (form) {
            case FOLDERS -> new FolderWriter(several ? folder.resolve(part.word()) : folder, info);
            case PARQUET -> new ParquetWriting(folder.resolve(part.word() + "-00000-of-00001.parquet"), info);
            case WEBDATASET -> new TarWriter(folder, part.word(), info);
        };
    }

    private static int add(PictureSet set, PartWriter writer, int before, IntConsumer progress) throws IOException {
        int done = before;
        for (int i = 0; i < set.count(); i++) {
            Entry entry = set.entry(i);
            writer.add(PngBytes.of(set.pixels(i)), entry, label(entry.context()));
            progress.accept(++done);
        }
        return done;
    }

    /** The class of a one-hot row, or −1. */
    private static int label(float[] context) {
        for (int k = 0; k < context.length; k++) {
            if (context[k] > 0.5) {
                return k;
            }
        }
        return -1;
    }

    /** Refuses a folder that holds something. */
    public static void requireEmpty(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
                if (inside.iterator().hasNext()) {
                    throw new InputException(
                            folder + " is not empty; a new folder was expected, so that two sets are never mixed.");
                }
            }
        } else if (Files.exists(folder)) {
            throw new InputException(folder + " is a file; a new folder was expected.");
        }
    }

    /** Class names as names of folders; two that become one are refused. */
    static Map<Integer, String> folderNames(DataInfo info) {
        Map<Integer, String> names = new TreeMap<>();
        Set<String> taken = new LinkedHashSet<>();
        for (int k = 0; k < info.classes().size(); k++) {
            String name = info.classes()
                    .get(k)
                    .replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]", "-")
                    .strip();
            name = name.isEmpty() || name.startsWith(".") ? "_" + name : name;
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
                throw new InputException(
                        Words.of("Two classes would have the folder %s; rename one, or write Parquet.", name));
            }
            names.put(k, name);
        }
        return names;
    }
}
