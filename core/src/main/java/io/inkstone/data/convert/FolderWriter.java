package io.inkstone.data.convert;

import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder a class, pictures numbered, a text of the same name beside each that has captions, a line a caption. */
final class FolderWriter implements Conversion.PartWriter {
    private final Path folder;
    private final Map<Integer, String> classes;
    private int count;

    FolderWriter(Path folder, DataInfo info) throws IOException {
        this.folder = folder;
        this.classes = Conversion.folderNames(info);
        Files.createDirectories(folder);
        for (String name : classes.values()) {
            Files.createDirectories(folder.resolve(name));
        }
    }

    @Override
    public void add(byte[] png, Entry entry, int label) throws IOException {
        Path place = label < 0 ? folder : folder.resolve(classes.get(label));
        String name = Words.of("%06d", count++);
        Files.write(place.resolve(name + ".png"), png);
        if (!entry.captions().isEmpty()) {
            Files.writeString(place.resolve(name + ".txt"), Lines.of(entry.captions()));
        }
    }

    @Override
    public void close() {}
}
