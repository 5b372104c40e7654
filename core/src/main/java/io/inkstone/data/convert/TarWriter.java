package io.inkstone.data.convert;

import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Entry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tars of at most 10,000 samples: {@code 000000017.png}, {@code .cls}, {@code .txt}; names of the classes beside them. */
final class TarWriter implements Conversion.PartWriter {
    private static final int SAMPLES = 10_000;
    private static final int BLOCK = 512;

    private final Path folder;
    private final String part;
    private int count;
    private OutputStream out;

    TarWriter(Path folder, String part, DataInfo info) throws IOException {
        this.folder = folder;
        this.part = part;
        if (!info.classes().isEmpty()) {
            Files.writeString(folder.resolve("classes.txt"), Lines.of(info.classes()));
        }
    }

    @Override
    public void add(byte[] png, Entry entry, int label) throws IOException {
        if (count % SAMPLES == 0) {
            close();
            out = new BufferedOutputStream(
                    Files.newOutputStream(folder.resolve(Words.of("%s-%06d.tar", part, count / SAMPLES))), 1 << 16);
        }
        String name = Words.of("%09d.", count++);
        file(name + "png", png);
        if (label >= 0) {
            file(name + "cls", Integer.toString(label).getBytes(StandardCharsets.UTF_8));
        }
        if (!entry.captions().isEmpty()) {
            file(name + "txt", Lines.of(entry.captions()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void file(String name, byte[] content) throws IOException {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0000000000\0000000000\0");
        put(header, 124, Words.of("%011o\000", content.length) + "00000000000\000");
        put(header, 148, "        0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, Words.of("%06o\0 ", sum));
        out.write(header);
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.write(new byte[2 * BLOCK]);
            out.close();
        }
    }
}
